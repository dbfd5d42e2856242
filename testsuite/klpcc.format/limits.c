// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Every limit of a name at -1, 0 and +1, for every parser and builder, and every size of the
 * caller's buffer from 0 to what is needed, with guards on both sides.
 */
#include "names.h"

#define GUARD 16
#define GUARD_BYTE '\xa5'

typedef int (*ref_builder)(const struct klpcc_ref *ref, char *buffer, size_t size);
typedef int (*ref_parser)(const char *name, size_t len, struct klpcc_ref *ret);
typedef int (*section_builder)(const struct klpcc_section_name *section, char *buffer,
			       size_t size);
typedef int (*section_parser)(const char *name, size_t len,
			      struct klpcc_section_name *ret);

/* One kind of name: `text` prints the expected name with the parts' own lengths. */
struct ref_kind {
	const char *name;
	ref_builder build; /* NULL: read only */
	ref_parser parse;
	bool has_sympos;
	bool has_gate;
};

static const struct ref_kind ref_kinds[] = {
	{ "mark", klpcc_mark_build, klpcc_mark_parse, true, true },
	{ "object form symbol", klpcc_object_symbol_build, klpcc_object_symbol_parse,
	  false, false },
	{ "mainline symbol", klpcc_mainline_symbol_build, klpcc_mainline_symbol_parse,
	  true, false },
	{ "foreign mark", NULL, klpcc_foreign_mark_parse, true, true },
};

static char *filled(size_t len, char byte)
{
	char *string = malloc(len + 1);

	if (!string)
		abort();
	memset(string, byte, len);
	string[len] = '\0';
	return string;
}

static size_t ref_text(const struct ref_kind *kind, const struct klpcc_ref *ref,
		       char *text, size_t size)
{
	const char *symbol = ref->symbol.start, *object = ref->object.start;
	const char *gate = ref->gate.start;
	char number[24] = "", suffix[512] = "";

	if (kind->parse == klpcc_mainline_symbol_parse)
		return (size_t)snprintf(text, size, ".klp.sym.%s.%s,%u", object, symbol,
					ref->sympos);
	if (kind->parse == klpcc_foreign_mark_parse)
		return (size_t)snprintf(text, size, ".klp.sym.rela.%s.%s.%s,%u", gate,
					object, symbol, ref->sympos);
	if (kind->has_sympos && ref->sympos)
		snprintf(number, sizeof(number), ".%u", ref->sympos);
	if (kind->has_gate && strcmp(gate, object) != 0)
		snprintf(suffix, sizeof(suffix), ".for.%s", gate);
	return (size_t)snprintf(text, size, "%s.klp.%s%s%s", symbol, object, number,
				suffix);
}

/* Builds and parses one name whose parts have these lengths; both must say `error`. */
static void ref_lengths(const struct ref_kind *kind, size_t symbol_len, size_t object_len,
			size_t gate_len, int error)
{
	char *symbol = filled(symbol_len, 's'), *object = filled(object_len, 'o');
	char *gate = filled(gate_len, 'g'), *name;
	struct klpcc_ref ref =
		make_ref(symbol, object, 0, kind->has_gate ? gate : object);
	struct klpcc_ref got;
	char text[4096], built[KLPCC_NAME_BUFFER];
	size_t len;
	int err;

	ref.sympos = kind->has_sympos ? 4294967295u : 0;
	len = ref_text(kind, &ref, text, sizeof(text));
	if (kind->build) {
		err = kind->build(&ref, built, sizeof(built));
		check(err == error, "%s build %zu/%zu/%zu: %s", kind->name, symbol_len,
		      object_len, gate_len, klpcc_name_strerror(err));
		if (!err)
			check(strcmp(built, text) == 0, "%s built wrong", kind->name);
	}
	name = copy_exactly(text, len);
	err = kind->parse(name, len, &got);
	check(err == error, "%s parse %zu/%zu/%zu: %s", kind->name, symbol_len,
	      object_len, gate_len, klpcc_name_strerror(err));
	if (!err)
		check(same_ref(&ref, &got), "%s read wrong", kind->name);
	free(name);
	free(symbol);
	free(object);
	free(gate);
}

static void ref_limits(void)
{
	const size_t sym = KLPCC_SYMBOL_MAX, obj = KLPCC_OBJECT_MAX;
	size_t i;

	test_begin("lengths of symbol, object and gate");
	check(sym == 511 && obj == 55, "the kernel's limits");
	for (i = 0; i < sizeof(ref_kinds) / sizeof(ref_kinds[0]); i++) {
		const struct ref_kind *kind = &ref_kinds[i];
		int no_gate = kind->has_gate ? -KLPCC_NAME_BAD_GATE : 0;
		int long_gate = kind->has_gate ? -KLPCC_NAME_LONG_OBJECT : 0;

		ref_lengths(kind, 0, 1, 1, -KLPCC_NAME_NO_SYMBOL);
		ref_lengths(kind, 1, 1, 1, 0);
		ref_lengths(kind, sym - 1, obj - 1, obj - 1, 0);
		ref_lengths(kind, sym, obj, obj, 0);
		ref_lengths(kind, sym + 1, obj, obj, -KLPCC_NAME_LONG_SYMBOL);
		ref_lengths(kind, 2000, obj, obj, -KLPCC_NAME_LONG_SYMBOL);
		ref_lengths(kind, sym, 0, obj, -KLPCC_NAME_NO_OBJECT);
		ref_lengths(kind, sym, obj + 1, obj, -KLPCC_NAME_LONG_OBJECT);
		ref_lengths(kind, sym, 300, obj, -KLPCC_NAME_LONG_OBJECT);
		ref_lengths(kind, sym, obj, 0, no_gate);
		ref_lengths(kind, sym, obj, obj + 1, long_gate);
	}
	test_end();
}

static void section_lengths(bool mainline, size_t gate_len, size_t section_len, int error)
{
	section_builder build =
		mainline ? klpcc_mainline_section_build : klpcc_object_section_build;
	section_parser parse =
		mainline ? klpcc_mainline_section_parse : klpcc_object_section_parse;
	char *gate = filled(gate_len, 'g'), *section = filled(section_len, '.'), *name;
	struct klpcc_section_name in = { klpcc_span_of(gate), klpcc_span_of(section) },
				  got;
	char text[4096], built[KLPCC_NAME_BUFFER];
	int err, len;

	len = snprintf(text, sizeof(text),
		       mainline ? ".klp.rela.%s.%s" : ".klp.%s.rela.%s", gate, section);
	err = build(&in, built, sizeof(built));
	check(err == error, "build %zu/%zu: %s", gate_len, section_len,
	      klpcc_name_strerror(err));
	if (!err)
		check(strcmp(built, text) == 0, "built wrong");
	name = copy_exactly(text, (size_t)len);
	err = parse(name, (size_t)len, &got);
	check(err == error, "parse %zu/%zu: %s", gate_len, section_len,
	      klpcc_name_strerror(err));
	if (!err)
		check(klpcc_span_equal(got.gate, in.gate) &&
			      klpcc_span_equal(got.section, in.section),
		      "read wrong");
	free(name);
	free(gate);
	free(section);
}

static void section_limits(void)
{
	const size_t obj = KLPCC_OBJECT_MAX, sec = KLPCC_SECTION_MAX;
	int mainline;

	test_begin("lengths of gate and section");
	for (mainline = 0; mainline < 2; mainline++) {
		section_lengths(mainline, 0, 1, -KLPCC_NAME_BAD_GATE);
		section_lengths(mainline, 1, 0, -KLPCC_NAME_NO_SECTION);
		section_lengths(mainline, 1, 1, 0);
		section_lengths(mainline, obj - 1, sec - 1, 0);
		section_lengths(mainline, obj, sec, 0);
		section_lengths(mainline, obj, sec + 1, -KLPCC_NAME_LONG_SECTION);
		section_lengths(mainline, obj + 1, sec, -KLPCC_NAME_LONG_OBJECT);
	}
	test_end();
}

/* What one call of a builder left behind: nothing outside the size, all or nothing inside. */
static void check_written(int err, const char *block, size_t size, const char *expected)
{
	size_t need = strlen(expected) + 1, i;
	bool guards = true, untouched = true;

	for (i = 0; i < GUARD; i++)
		guards = guards && block[i] == GUARD_BYTE &&
			 block[GUARD + size + i] == GUARD_BYTE;
	for (i = 0; i < size; i++)
		untouched = untouched && block[GUARD + i] == GUARD_BYTE;
	check(guards, "size %zu: written outside", size);
	if (size < need)
		check(err == -KLPCC_NAME_NO_SPACE && untouched, "size %zu of %zu: %s",
		      size, need, klpcc_name_strerror(err));
	else
		check(err == 0 && strcmp(block + GUARD, expected) == 0, "size %zu of %zu",
		      size, need);
}

static char *guarded(size_t size)
{
	return filled(size + 2 * GUARD, GUARD_BYTE);
}

static void buffer_sizes(void)
{
	static const size_t lens[][3] = { { 1, 1, 1 }, { 9, 7, 9 }, { 511, 55, 55 } };
	static const unsigned int positions[] = { 0, 1, 4294967295u };
	size_t l, p, k, size;

	test_begin("symbols: every size of the buffer");
	for (l = 0; l < 3; l++) {
		char *symbol = filled(lens[l][0], 's'), *object = filled(lens[l][1], 'o');
		char *gate = filled(lens[l][2], 'g');

		for (p = 0; p < 3; p++)
			for (k = 0; k < 3; k++) {
				struct klpcc_ref ref =
					make_ref(symbol, object, positions[p], gate);
				char text[KLPCC_NAME_BUFFER];
				size_t len =
					ref_text(&ref_kinds[k], &ref, text, sizeof(text));

				check(len < KLPCC_NAME_BUFFER, "KLPCC_NAME_BUFFER");
				for (size = 0; size <= len + 2; size++) {
					char *block = guarded(size);
					int err = ref_kinds[k].build(&ref, block + GUARD,
								     size);

					check_written(err, block, size, text);
					free(block);
				}
			}
		free(symbol);
		free(object);
		free(gate);
	}
	test_end();
}

static void section_buffer_sizes(void)
{
	static const size_t lens[][2] = { { 1, 1 }, { 7, 5 }, { 55, 1023 } };
	char text[2][KLPCC_NAME_BUFFER];
	size_t l, size;
	int err;

	test_begin("sections: every size of the buffer");
	for (l = 0; l < 3; l++) {
		char *gate = filled(lens[l][0], 'g'), *section = filled(lens[l][1], 'x');
		struct klpcc_section_name in = { klpcc_span_of(gate),
						 klpcc_span_of(section) };

		check(snprintf(text[0], KLPCC_NAME_BUFFER, ".klp.%s.rela.%s", gate,
			       section) < KLPCC_NAME_BUFFER,
		      "KLPCC_NAME_BUFFER");
		snprintf(text[1], KLPCC_NAME_BUFFER, ".klp.rela.%s.%s", gate, section);
		for (size = 0; size <= strlen(text[0]) + 3; size++) {
			char *block = guarded(size);

			err = klpcc_object_section_build(&in, block + GUARD, size);
			check_written(err, block, size, text[0]);
			free(block);
			block = guarded(size);
			err = klpcc_mainline_section_build(&in, block + GUARD, size);
			check_written(err, block, size, text[1]);
			free(block);
		}
		free(gate);
		free(section);
	}
	test_end();
}

/* Builders judge a part as the parsers do, whatever the part's position in the name. */
static void parts(void)
{
	char buffer[KLPCC_NAME_BUFFER], part[3] = "aXb";
	int byte, err;

	test_begin("every byte in every part");
	for (byte = 0; byte < 256; byte++) {
		bool word = (byte >= '0' && byte <= '9') ||
			    (byte >= 'a' && byte <= 'z') ||
			    (byte >= 'A' && byte <= 'Z') || byte == '_';
		bool in_symbol = word || byte == '.' || byte == '$';
		bool in_section = byte >= 0x20 && byte != 0x7f;
		struct klpcc_span span = { part, 3 };
		struct klpcc_ref ref = make_ref("f", "m", 1, "m");
		struct klpcc_section_name section = { klpcc_span_of("m"), span };

		part[1] = (char)byte;
		check(klpcc_check_symbol(span) ==
			      (in_symbol ? 0 : -KLPCC_NAME_BAD_SYMBOL),
		      "symbol %#x", byte);
		check(klpcc_check_object(span) == (word ? 0 : -KLPCC_NAME_BAD_OBJECT),
		      "object %#x", byte);
		ref.gate = span;
		err = klpcc_mark_build(&ref, buffer, sizeof(buffer));
		check(err == (word ? 0 : -KLPCC_NAME_BAD_GATE), "gate %#x", byte);
		err = klpcc_object_section_build(&section, buffer, sizeof(buffer));
		check(err == (in_section ? 0 : -KLPCC_NAME_BAD_SECTION), "section %#x",
		      byte);
		section.gate = span;
		err = klpcc_mainline_section_build(&section, buffer, sizeof(buffer));
		check(err == (!word        ? -KLPCC_NAME_BAD_GATE
			      : in_section ? 0
					   : -KLPCC_NAME_BAD_SECTION),
		      "section's gate %#x", byte);
	}
	test_end();
}

/* Parts that are fine alone and would read back as something else together. */
static void refused_together(void)
{
	static const struct klpcc_span nothing;
	struct klpcc_section_name section = { klpcc_span_of("rela"),
					      klpcc_span_of(".text") };
	struct klpcc_ref ref = make_ref("f", "klp", 0, "klp");
	char buffer[KLPCC_NAME_BUFFER];

	test_begin("combinations that would be ambiguous");
	check(klpcc_mark_build(&ref, buffer, sizeof(buffer)) == 0, "f.klp.klp");
	ref.sympos = 1;
	check(klpcc_mark_build(&ref, buffer, sizeof(buffer)) == -KLPCC_NAME_BAD_OBJECT,
	      "f.klp.klp.1");
	check(klpcc_mainline_symbol_build(&ref, buffer, sizeof(buffer)) == 0,
	      ".klp.sym.klp.f,1");
	ref = make_ref("f", "klp", 0, "m");
	check(klpcc_mark_build(&ref, buffer, sizeof(buffer)) == -KLPCC_NAME_BAD_OBJECT,
	      "f.klp.klp.for.m");
	check(klpcc_object_symbol_build(&ref, buffer, sizeof(buffer)) == 0, "f.klp.klp");
	ref = make_ref("f", "rela", 0, "rela");
	check(klpcc_mainline_symbol_build(&ref, buffer, sizeof(buffer)) ==
		      -KLPCC_NAME_BAD_OBJECT,
	      ".klp.sym.rela.f,0");
	check(klpcc_object_section_build(&section, buffer, sizeof(buffer)) ==
		      -KLPCC_NAME_BAD_GATE,
	      ".klp.rela.rela..text");
	check(klpcc_mainline_section_build(&section, buffer, sizeof(buffer)) == 0,
	      ".klp.rela.rela..text");
	ref = make_ref(".klp.f", "m", 0, "m");
	check(klpcc_mark_build(&ref, buffer, sizeof(buffer)) == -KLPCC_NAME_BAD_SYMBOL,
	      ".klp.f.klp.m");
	ref = make_ref("f", "m", 0, "m");
	ref.gate = nothing;
	check(klpcc_mark_build(&ref, buffer, sizeof(buffer)) == -KLPCC_NAME_BAD_GATE,
	      "no gate at all");
	test_end();
}

int main(void)
{
	ref_limits();
	section_limits();
	buffer_sizes();
	section_buffer_sizes();
	parts();
	refused_together();
	return test_status;
}
