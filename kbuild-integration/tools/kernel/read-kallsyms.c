// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Readers of System.map and /proc/kallsyms: lines "ADDRESS LETTER NAME", in kallsyms followed
 * by a tab and "[MODULE]" for what is not vmlinux.
 *
 * The line order is the kernel's counting order, so positions are right even where the
 * addresses are hidden.
 */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../target/kallsyms-rules.h"
#include "klp-name.h"
#include "read-text.h"
#include "lines.h"

struct line {
	uint64_t address;
	char letter;
	const char *name;
	const char *module; /* NULL: vmlinux */
};

/* "ffffffff81000000 T _stext", at most 16 digits of either case. */
static struct klpcc_error *parse_line(const struct klpcc_lines *text, char *p,
				      struct line *ret)
{
	struct line line = { 0, 0, NULL, NULL };
	int digits = 0;

	for (; isxdigit((unsigned char)*p); p++, digits++)
		line.address =
			line.address << 4 |
			(uint64_t)(isdigit((unsigned char)*p)
					   ? *p - '0'
					   : tolower((unsigned char)*p) - 'a' + 10);
	if (!digits || digits > 16 || *p++ != ' ')
		return klpcc_lines_error(text, "no address at the start of the line");
	line.letter = *p;
	if (!isgraph((unsigned char)line.letter) || p[1] != ' ')
		return klpcc_lines_error(text, "no symbol type after the address");
	p += 2;
	line.name = p;
	p += strcspn(p, " \t");
	if (p == line.name)
		return klpcc_lines_error(text, "no symbol name");
	if (*p) {
		size_t length;

		*p++ = '\0';
		p += strspn(p, " \t");
		length = strlen(p);
		if (p[0] != '[' || length < 3 || p[length - 1] != ']')
			return klpcc_lines_error(text, "unexpected text after the name");
		p[length - 1] = '\0';
		line.module = p + 1;
	}
	*ret = line;
	return NULL;
}

static struct klpcc_error *add_line(struct klpcc_target *target, uint32_t object,
				    const struct line *line, bool has_address)
{
	struct klpcc_target_symbol symbol = {
		.name = line->name,
		.address = line->address,
		.kallsyms_type = line->letter,
		.has_address = has_address,
		.counted = true,
	};

	klpcc_kallsyms_letter(line->letter, &symbol.type, &symbol.binding);
	return klpcc_target_add_symbol(target, object, &symbol);
}

/*
 * Debian's linux-image package has one line of prose in place of the map, in the form of a
 * symbol.
 */
static bool is_stub(const char *line)
{
	return strstr(line, "The real System.map is in the ") != NULL;
}

bool klpcc_system_map_is_stub(const char *path)
{
	char line[256];
	FILE *file = fopen(path, "re");
	bool stub;

	if (!file)
		return false;
	stub = fgets(line, sizeof(line), file) && is_stub(line);
	fclose(file);
	return stub;
}

static struct klpcc_error *map_line(struct klpcc_target *target,
				    const struct klpcc_lines *text, char *raw,
				    uint64_t *last)
{
	struct klpcc_error *err;
	struct line line;

	if (text->line == 1 && is_stub(raw))
		return klpcc_error_new(
			EINVAL,
			"%s: only says that the symbols are in Debian's package linux-image-RELEASE-dbg; give --image or --vmlinux instead",
			text->path);
	err = parse_line(text, raw, &line);
	if (err)
		return err;
	if (line.module)
		return klpcc_lines_error(
			text,
			"a symbol of a module; use --kallsyms for a copy of /proc/kallsyms");
	if (line.address < *last)
		return klpcc_lines_error(text,
					 "the addresses are not in ascending order");
	*last = line.address;
	if (klpcc_kallsyms_ignores(line.name, line.letter))
		return NULL;
	return klpcc_lines_prefix(text,
				  add_line(target, KLPCC_TARGET_VMLINUX, &line, true));
}

/* A file without any symbol of vmlinux is not what it was given as. */
static struct klpcc_error *check_any(const struct klpcc_target *target, const char *path)
{
	if (klpcc_target_symbols(target, KLPCC_TARGET_VMLINUX))
		return NULL;
	return klpcc_error_new(EINVAL, "%s: contains no symbols of vmlinux", path);
}

struct klpcc_error *klpcc_read_system_map(struct klpcc_target *target, const char *path)
{
	struct klpcc_error *err;
	struct klpcc_lines text;
	uint64_t last = 0;
	char *line;

	err = klpcc_lines_open(path, &text);
	if (err)
		return err;
	while (!(err = klpcc_lines_next(&text, &line)) && line) {
		err = map_line(target, &text, line, &last);
		if (err)
			break;
	}
	klpcc_lines_close(&text);
	return err ? err : check_any(target, path);
}

/* kptr_restrict shows every address as zero; no kernel has all its symbols at zero. */
static bool shows_addresses(const struct klpcc_buffer *buffer)
{
	const char *p = (const char *)buffer->data;
	const char *end = p ? p + buffer->size : p;

	for (; p < end; p++) {
		while (p < end && *p == '0')
			p++;
		if (p == end || *p != ' ')
			return true;
		p = memchr(p, '\n', (size_t)(end - p));
		if (!p)
			break;
	}
	return false;
}

/* The state of a reader of kallsyms. */
struct kallsyms {
	struct klpcc_target *target;
	struct klpcc_lines text;
	bool has_address;
	char module[KLPCC_OBJECT_MAX + 1]; /* of the line before; "" in vmlinux */
	uint32_t object;
	bool skip; /* the object has its symbols already */
};

/* Trampolines and programs that the kernel lists as if they were modules. */
static bool is_pseudo_module(const char *name)
{
	return !strcmp(name, "bpf") || !strncmp(name, "__builtin__", 11);
}

/*
 * Follows the line into its object. The kernel lists the modules one after the other; a
 * module that comes up once more is what ftrace remembers of its init functions, long gone.
 * A module that was read from its file is known better than kallsyms knows it.
 */
static struct klpcc_error *enter_module(struct kallsyms *state, const char *module)
{
	struct klpcc_error *err;

	if (!strcmp(state->module, module))
		return NULL;
	err = klpcc_target_object(state->target, module, &state->object);
	if (err)
		return klpcc_lines_prefix(&state->text, err);
	if (state->object == KLPCC_TARGET_VMLINUX)
		return klpcc_lines_error(&state->text,
					 "a module cannot be named vmlinux");
	strcpy(state->module, module);
	state->skip = klpcc_target_symbols(state->target, state->object);
	return NULL;
}

static struct klpcc_error *kallsyms_line(struct kallsyms *state, char *raw)
{
	struct klpcc_error *err;
	struct line line;

	err = parse_line(&state->text, raw, &line);
	if (err)
		return err;
	if (line.module && is_pseudo_module(line.module))
		return NULL;
	if (!line.module) {
		if (state->module[0])
			return klpcc_lines_error(
				&state->text,
				"a symbol of vmlinux after those of modules");
		return klpcc_lines_prefix(&state->text,
					  add_line(state->target, KLPCC_TARGET_VMLINUX,
						   &line, state->has_address));
	}
	err = enter_module(state, line.module);
	if (err || state->skip)
		return err;
	err = add_line(state->target, state->object, &line, false);
	/* Neither GPL nor namespace can be told; a patch module is GPL anyway. */
	if (!err && isupper((unsigned char)line.letter)) {
		const struct klpcc_target_export export_ = {
			.name = line.name,
			.gpl = true,
		};

		err = klpcc_target_add_export(state->target, state->object, &export_);
	}
	return klpcc_lines_prefix(&state->text, err);
}

struct klpcc_error *klpcc_read_kallsyms(struct klpcc_target *target, const char *path)
{
	struct kallsyms state = { .target = target };
	struct klpcc_error *err;
	char *line;

	err = klpcc_lines_open(path, &state.text);
	if (err)
		return err;
	state.has_address = shows_addresses(&state.text.buffer);
	while (!(err = klpcc_lines_next(&state.text, &line)) && line) {
		err = kallsyms_line(&state, line);
		if (err)
			break;
	}
	klpcc_lines_close(&state.text);
	if (!err)
		klpcc_target_derive_kallsyms_all(target);
	return err ? err : check_any(target, path);
}
