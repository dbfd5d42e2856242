// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Two preprocessed texts of one source: see preprocessed.h.
 *
 * A text is cut at the ends of its top-level declarations. The pieces that are not in both texts
 * are what changes. A static inline function, or a declaration, makes no code by itself: what
 * names it may. So the names of such pieces are followed through the pieces that mention them,
 * until one of them makes code. Everything else that changes is taken for code at once, and so is
 * what cannot be told: this has to be right only where it says that nothing differs.
 */
#include "preprocessed.h"

#include <ctype.h>
#include <search.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/array.h"
#include "../lib/words.h"

/* ---- tokens ------------------------------------------------------------------------------- */

struct token {
	const char *at;
	size_t length; /* 0: the end */
};

static const char *skip_line(const char *at)
{
	const char *end = strchr(at, '\n');

	return end ? end + 1 : at + strlen(at);
}

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '$';
}

static size_t measure_quoted(const char *at)
{
	const char *end = at + 1;

	while (*end && *end != *at && *end != '\n')
		end += *end == '\\' && end[1] ? 2 : 1;
	return (size_t)(end - at) + (*end == *at);
}

/* The next token, from *at on, which moves behind it. "# 12 "file"" is none; a pragma is one. */
static struct token next_token(const char **at, bool *line_begins)
{
	const char *text = *at;
	struct token token;

	for (;; text++) {
		if (*text == '#' && *line_begins && text[1] == ' ' &&
		    isdigit((unsigned char)text[2]))
			text = skip_line(text) - 1;
		else if (!isspace((unsigned char)*text))
			break;
		if (!*text)
			break;
		*line_begins = *text == '\n' || *line_begins;
	}
	token = (struct token){ text, 1 };
	if (!*text)
		token.length = 0;
	else if (*text == '#' && *line_begins)
		token.length = strcspn(text, "\n");
	else if (*text == '"' || *text == '\'')
		token.length = measure_quoted(text);
	else
		while (is_word(*text) && is_word(text[token.length]))
			token.length++;
	*line_begins = false;
	*at = text + token.length;
	return token;
}

static bool is_token(struct token token, const char *word)
{
	return strlen(word) == token.length && !memcmp(token.at, word, token.length);
}

static bool is_one_of(struct token token, const char *const *words)
{
	for (; *words; words++)
		if (is_token(token, *words))
			return true;
	return false;
}

static bool is_identifier(struct token token)
{
	return token.length && (isalpha((unsigned char)*token.at) || *token.at == '_');
}

/* ---- pieces ------------------------------------------------------------------------------- */

enum piece_kind {
	PIECE_CODE, /* or what is not understood */
	PIECE_NAME, /* it makes no code, and declares one name */
};

struct piece {
	const char *at, *end;
	uint64_t hash; /* of the tokens */
	enum piece_kind kind;
	struct token name;
	bool common; /* the other text has it, too */
	bool reached;
};

struct text {
	struct piece *pieces;
	size_t count, capacity;
};

/* What is known of a piece while its tokens are read. */
struct reader {
	unsigned int depth; /* of all brackets */
	bool is_static, is_inline, is_extern, is_plain_struct;
	bool has_body, has_value, is_strange;
	size_t tokens, names;
	struct token name, previous, before;
};

/* Words that may stand before a bracket and are no name. */
static const char *const no_names[] = { "__attribute__", "__attribute", "__asm__",
					"asm",           "__asm",       "__typeof__",
					"typeof",        "__typeof",    "_Alignas",
					"__aligned__",   NULL };
/* With one of these a declaration makes something, or means something else. */
static const char *const strange_words[] = {
	"used",    "__used__",    "constructor", "__constructor__",
	"section", "__section__", "alias",       "__alias__",
	"ifunc",   "__ifunc__",   "weakref",     "__weakref__",
	"typedef", "union",       "enum",        "_Static_assert",
	"weak",    "__weak__",    NULL
};

static void read_word(struct reader *reader, struct token token)
{
	if (is_one_of(token, strange_words))
		reader->is_strange = true;
	if (reader->depth)
		return;
	reader->is_static |= is_token(token, "static");
	reader->is_inline |= is_token(token, "inline") || is_token(token, "__inline") ||
			     is_token(token, "__inline__");
	reader->is_extern |= is_token(token, "extern");
	if (!reader->tokens && is_token(token, "struct"))
		reader->is_plain_struct = true;
}

/* "name(" at the top level */
static void read_bracket(struct reader *reader)
{
	if (reader->depth || !is_identifier(reader->previous) ||
	    is_one_of(reader->previous, no_names))
		return;
	reader->names++;
	reader->name = reader->previous;
}

/* Does the piece end with this token? */
static bool read_token(struct reader *reader, struct token token)
{
	const char c = *token.at;
	bool ends = false;

	if (is_identifier(token)) {
		read_word(reader, token);
	} else if (c == '(' || c == '[' || c == '{') {
		if (c == '(')
			read_bracket(reader);
		/* A pointer to a function, or what returns one. */
		if (c == '{' && !reader->depth && is_token(reader->previous, ")"))
			reader->has_body = true;
		else if (c == '{' && !reader->depth)
			reader->is_strange = true;
		reader->depth++;
	} else if (c == ')' || c == ']' || c == '}') {
		reader->depth -= reader->depth ? 1 : 0;
		ends = c == '}' && !reader->depth && reader->has_body;
	} else if (c == ',' && !reader->depth) {
		/* More than one name. */
		reader->is_strange = true;
	} else if (c == '=' && !reader->depth) {
		reader->has_value = true;
	} else if (c == '*' && reader->depth == 1 && is_token(reader->previous, "(") &&
		   !reader->has_body) {
		reader->is_strange = true;
	} else if (c == '#') {
		reader->is_strange = true;
		ends = !reader->tokens;
	} else if (c == ';' && !reader->depth) {
		ends = true;
	}
	reader->before = reader->previous;
	reader->previous = token;
	reader->tokens++;
	return ends;
}

/* A function that is static and inline; a declaration of a function, variable or struct. */
static void judge_piece(const struct reader *reader, struct piece *piece)
{
	piece->kind = PIECE_CODE;
	piece->name = reader->name;
	if (reader->is_strange || reader->has_value)
		return;
	if (reader->names == 1) {
		if (!reader->has_body || (reader->is_static && reader->is_inline))
			piece->kind = PIECE_NAME;
	} else if (!reader->names && is_identifier(reader->before) &&
		   ((reader->is_plain_struct && reader->tokens == 3) ||
		    reader->is_extern)) {
		/* struct x;   extern int x; */
		piece->kind = PIECE_NAME;
		piece->name = reader->before;
	}
}

static uint64_t add_hash(uint64_t hash, struct token token)
{
	for (size_t i = 0; i < token.length; i++)
		hash = (hash ^ (unsigned char)token.at[i]) * 1099511628211u;
	return (hash ^ ' ') * 1099511628211u;
}

static struct klpcc_error *add_piece(struct text *text, const struct piece *piece)
{
	struct piece *grown = klpcc_array_grow(text->pieces, text->count, 1,
					       &text->capacity, sizeof(*grown));

	if (!grown)
		return klpcc_error_nomem();
	text->pieces = grown;
	text->pieces[text->count++] = *piece;
	return NULL;
}

static struct klpcc_error *cut(const char *at, struct text *text)
{
	bool line_begins = true;
	struct klpcc_error *err = NULL;
	struct token token = { at, 1 };

	while (!err && token.length) {
		struct reader reader = { .depth = 0 };
		struct piece piece = { .at = at, .hash = 14695981039346656037u };

		while ((token = next_token(&at, &line_begins)).length) {
			piece.hash = add_hash(piece.hash, token);
			if (read_token(&reader, token))
				break;
		}
		piece.end = at;
		judge_piece(&reader, &piece);
		if (reader.tokens)
			err = add_piece(text, &piece);
	}
	return err;
}

/* ---- what is in both ---------------------------------------------------------------------- */

static int compare_hashes(const void *a, const void *b)
{
	const struct piece *const *left = a, *const *right = b;

	return ((*left)->hash > (*right)->hash) - ((*left)->hash < (*right)->hash);
}

static struct piece **sort_pieces(const struct text *text)
{
	struct piece **sorted = calloc(text->count + 1, sizeof(struct piece *));

	for (size_t i = 0; sorted && i < text->count; i++)
		sorted[i] = &text->pieces[i];
	if (sorted)
		qsort(sorted, text->count, sizeof(*sorted), compare_hashes);
	return sorted;
}

static struct klpcc_error *find_common(const struct text *original,
				       const struct text *changed)
{
	struct piece **left = sort_pieces(original), **right = sort_pieces(changed);
	size_t i = 0, k = 0;

	while (left && right && i < original->count && k < changed->count) {
		int order = compare_hashes(&left[i], &right[k]);

		if (!order)
			left[i]->common = right[k]->common = true;
		i += order <= 0;
		k += order >= 0;
	}
	free(left);
	free(right);
	return left && right ? NULL : klpcc_error_nomem();
}

/* Pieces that are in both must be in the same order. */
static bool is_order_kept(const struct text *original, const struct text *changed)
{
	size_t k = 0;

	for (size_t i = 0; i < original->count; i++) {
		if (!original->pieces[i].common)
			continue;
		while (k < changed->count && !changed->pieces[k].common)
			k++;
		if (k == changed->count ||
		    changed->pieces[k++].hash != original->pieces[i].hash)
			return false;
	}
	return true;
}

/* ---- who names it ------------------------------------------------------------------------- */

struct names {
	struct klpcc_words words;
	void *tree;
};

static int compare_words(const void *a, const void *b)
{
	return strcmp(a, b);
}

static void keep_word(void *word)
{
	(void)word;
}

static struct klpcc_error *add_name(struct names *names, struct token token)
{
	char *word = strndup(token.at, token.length);
	struct klpcc_error *err;

	if (word && tfind(word, &names->tree, compare_words)) {
		free(word);
		return NULL;
	}
	err = klpcc_words_take(&names->words, word);
	if (!err && !tsearch(word, &names->tree, compare_words))
		err = klpcc_error_nomem();
	return err;
}

static bool has_name(const struct names *names, struct token token)
{
	char word[256];

	if (token.length >= sizeof(word))
		return true;
	memcpy(word, token.at, token.length);
	word[token.length] = '\0';
	return tfind(word, &names->tree, compare_words) != NULL;
}

static bool mentions(const struct piece *piece, const struct names *names)
{
	const char *at = piece->at;
	bool line_begins = true;

	while (at < piece->end) {
		struct token token = next_token(&at, &line_begins);

		if (!token.length)
			break;
		if (is_identifier(token) && has_name(names, token))
			return true;
	}
	return false;
}

/* *differ: a piece that makes code was reached. */
static struct klpcc_error *spread(struct text *text, struct names *names, bool *differ)
{
	for (size_t i = 0; !*differ && i < text->count; i++) {
		struct piece *piece = &text->pieces[i];
		struct klpcc_error *err;

		if (piece->reached || (piece->common && !mentions(piece, names)))
			continue;
		piece->reached = true;
		if (piece->kind == PIECE_CODE) {
			*differ = true;
			break;
		}
		err = add_name(names, piece->name);
		if (err)
			return err;
	}
	return NULL;
}

static struct klpcc_error *follow_names(struct text *original, struct text *changed,
					bool *differ)
{
	struct names names = { .tree = NULL };
	struct klpcc_error *err = NULL;
	size_t before;

	do {
		before = names.words.count;
		err = spread(original, &names, differ);
		if (!err)
			err = spread(changed, &names, differ);
	} while (!err && !*differ && names.words.count > before);
	tdestroy(names.tree, keep_word);
	klpcc_words_deinit(&names.words);
	return err;
}

struct klpcc_error *klpcc_preprocessed_differ(const char *original, const char *changed,
					      bool *ret)
{
	struct text one = { .count = 0 }, other = { .count = 0 };
	struct klpcc_error *err = cut(original, &one);

	if (!err)
		err = cut(changed, &other);
	if (!err)
		err = find_common(&one, &other);
	if (!err) {
		*ret = !is_order_kept(&one, &other);
		err = follow_names(&one, &other, ret);
	}
	free(one.pieces);
	free(other.pieces);
	return err;
}
