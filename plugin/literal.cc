// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Literal: see literal.h.
 *
 * The source is read again because each release of GCC has another interface to the lines that it
 * keeps for its own messages.
 */
#include "lib/file.h"
#include "literal.h"

/* How far before GCC's place a string is looked for: a comment may be between the two. */
#define LINES 16

/* A place in a line of a source file; columns are bytes, from 1. */
struct spot {
	int line;
	size_t column, length; /* length 0: none */
};

struct line {
	const char *start;
	size_t length;
};

struct source {
	struct klpcc_buffer file;
	auto_vec<struct line> lines;
};

static void split_lines(struct source *source)
{
	const char *at = reinterpret_cast<const char *>(source->file.data);
	const char *const end = at + source->file.size;

	source->lines.truncate(0);
	while (at < end) {
		const char *stop = static_cast<const char *>(memchr(at, '\n', end - at));

		stop = stop ? stop : end;
		source->lines.safe_push({ at, static_cast<size_t>(stop - at) });
		at = stop + 1;
	}
}

/* The line of that number; a file that is shorter, or cannot be read, has empty ones. */
static struct line find_line(const struct source *source, int number)
{
	if (number < 1 || (unsigned int)number > source->lines.length())
		return { "", 0 };
	return source->lines[number - 1];
}

static bool is_at(const struct line *line, size_t column, const char *text, size_t length)
{
	return column + length <= line->length + 1 &&
	       !memcmp(line->start + column - 1, text, length);
}

/* The last occurrence before a column, or else the first one after it. */
static size_t find_beside(const struct line *line, const char *text, size_t before)
{
	const size_t length = strlen(text);
	size_t found = 0;

	for (size_t column = 1; column <= line->length; column++)
		if (is_at(line, column, text, length)) {
			if (column > before)
				return found ? found : column;
			found = column;
		}
	return found;
}

static bool is_word(char c)
{
	return ISALNUM(c) || c == '_' || c == '.';
}

/* The first occurrence from a column on (0: unknown) as a word, in quotes or not. */
static size_t find_word(const struct line *line, const char *text, size_t from)
{
	const size_t length = strlen(text);

	for (size_t column = MAX(from, 1); column <= line->length; column++)
		if (is_at(line, column, text, length) &&
		    (column == 1 || !is_word(line->start[column - 2])) &&
		    (column + length > line->length ||
		     !is_word(line->start[column + length - 1])))
			return column;
	return 0;
}

/* A macro's argument, in the line in which the macro is used. */
static struct spot find_argument(const struct source *source,
				 const expanded_location *macro, const char *text)
{
	const struct line line = find_line(source, macro->line);

	return { macro->line, find_word(&line, text, macro->column), strlen(text) };
}

/* The string itself, in the nearest line that has it. */
static struct spot find_string(const struct source *source, const expanded_location *near,
			       const expanded_location *beside, const char *text)
{
	char *quoted = xasprintf("\"%s\"", text);
	struct spot spot = { near->line, 0, strlen(quoted) };

	for (int i = 0; i < LINES && i < near->line && !spot.column; i++) {
		const struct line line = find_line(source, near->line - i);
		const bool same = beside->line == near->line - i;

		spot.line = near->line - i;
		spot.column = find_beside(&line, quoted,
					  same ? beside->column : line.length + 1);
	}
	free(quoted);
	return spot;
}

/* A place in the file that near is in, in a line up to that of near. */
static location_t location_at(location_t near, int line, size_t column)
{
	const line_map_ordinary *map =
		linemap_check_ordinary(linemap_lookup(line_table, near));
	const line_map_ordinary *const last = LINEMAPS_LAST_ORDINARY_MAP(line_table);
	const expanded_location wanted = expand_location(near);

	/* A line that is longer than those before it begins another map, or several. */
	while (ORDINARY_MAP_STARTING_LINE_NUMBER(map) > (linenum_type)line &&
	       map > LINEMAPS_ORDINARY_MAP_AT(line_table, 0))
		map--;
	for (;
	     map <= last && ORDINARY_MAP_STARTING_LINE_NUMBER(map) <= (linenum_type)line;
	     map++) {
		const location_t loc = linemap_position_for_line_and_column(
			line_table, map, line, column);
		const expanded_location got = expand_location(loc);

		if (got.line == line && got.column == (int)column &&
		    got.file == wanted.file)
			return loc;
	}
	return UNKNOWN_LOCATION;
}

static location_t location_of(location_t near, const struct spot *spot)
{
	location_t start, finish;

	if (!spot->column)
		return UNKNOWN_LOCATION;
	start = location_at(near, spot->line, spot->column);
	finish = location_at(near, spot->line, spot->column + spot->length - 1);
	return start == UNKNOWN_LOCATION || finish == UNKNOWN_LOCATION
		       ? start
		       : make_location(start, start, finish);
}

static location_t outside_of_macros(location_t loc)
{
	return linemap_resolve_location(line_table, LOCATION_LOCUS(loc),
					LRK_MACRO_EXPANSION_POINT, NULL);
}

/* In the file that is read: the string itself, or a macro's argument. */
static location_t find_place(const struct source *source, location_t near_point,
			     location_t beside_point, bool is_macro, const char *text,
			     bool *is_string)
{
	const expanded_location near = expand_location(near_point);
	const expanded_location beside = expand_location(beside_point);
	location_t place = UNKNOWN_LOCATION;
	struct spot spot;

	if (is_macro && beside.file == near.file) {
		spot = find_argument(source, &beside, text);
		place = location_of(beside_point, &spot);
	}
	if (place != UNKNOWN_LOCATION)
		return place;
	spot = find_string(source, &near, &beside, text);
	place = location_of(near_point, &spot);
	*is_string = place != UNKNOWN_LOCATION;
	return place;
}

/* The file that was read last: most strings of a unit are in one. NULL when it cannot be read. */
static const struct source *read_source(const char *path)
{
	static struct source source;
	static const char *last;
	struct klpcc_error *err;

	if (last && !strcmp(last, path))
		return &source;
	klpcc_buffer_deinit(&source.file);
	last = NULL;
	err = klpcc_file_read(path, &source.file);
	if (err) {
		klpcc_error_free(err);
		return NULL;
	}
	split_lines(&source);
	last = path;
	return &source;
}

location_t klpcc_literal_place(const struct klpcc_literal *literal, const char *text,
			       bool *is_string)
{
	const bool is_macro = from_macro_expansion_at(literal->beside);
	const location_t near = outside_of_macros(literal->near);
	const location_t beside = outside_of_macros(literal->beside);
	const char *path = LOCATION_FILE(near);
	location_t place = UNKNOWN_LOCATION;
	const struct source *source;

	*is_string = false;
	if (near <= BUILTINS_LOCATION || !path)
		return beside;
	source = read_source(path);
	if (source)
		place = find_place(source, near, beside, is_macro, text, is_string);
	if (place != UNKNOWN_LOCATION)
		return place;
	return is_macro ? beside : near;
}
