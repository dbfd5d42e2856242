// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Round trips: over the cross product of symbols, objects, positions and gates, and over
 * random ones and random names put together from the words that matter.
 *
 * What must hold: parse(build(x)) is x; build(parse(s)) is s for every s that parses; a
 * name has exactly one owner. Random means the same numbers in every run.
 */
#include "names.h"

#include <stdint.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define ROUNDS 400000

static const char *const symbols[] = { "f",
				       "printk",
				       "foo.isra.0",
				       "foo.constprop.0.cold",
				       "_",
				       "$a",
				       "x1",
				       "1",
				       "a.1",
				       "klp",
				       "a.klp",
				       ".klp",
				       "a.klp.b",
				       "a.klp.vmlinux",
				       "a.klp.vmlinux.1",
				       "a.klp.vmlinux.2.for.kvm",
				       "a.for.b",
				       "for",
				       ".for.",
				       "a.klp.",
				       "a.",
				       ".",
				       "..",
				       "rela",
				       "vmlinux.f" };
static const char *const objects[] = {
	"vmlinux", "kvm_intel", "8250",
	"1",       "for",       "klp",
	"sym",     "rela",      "_",
	"M",       "fork",      "o123456789012345678901234567890123456789012345678901234"
};
static const unsigned int positions[] = {
	0, 1, 2, 9, 10, 11, 99, 100, 65536, 4294967295u
};
static const char *const sections[] = { ".text", ".rela.text",   "__jump_table", "text",
					".",     "rela..text",   ".klp.rela.x",  "a b",
					"\xff",  ".data..percpu" };

/* ---- what must hold ------------------------------------------------------------------ */

/* The mark of these parts is the only kind of name that depends on the object klp. */
static bool mark_is_ambiguous(const struct klpcc_ref *ref)
{
	return klpcc_span_is(ref->object, "klp") &&
	       (ref->sympos || !klpcc_span_equal(ref->gate, ref->object));
}

static void ref_round_trip(const struct klpcc_ref *ref)
{
	char name[KLPCC_NAME_BUFFER];
	struct klpcc_ref got, want;
	int err;

	err = klpcc_mark_build(ref, name, sizeof(name));
	if (mark_is_ambiguous(ref))
		check(err == -KLPCC_NAME_BAD_OBJECT, "mark in klp: %s",
		      klpcc_name_strerror(err));
	else if (check(err == 0, "mark: %s", klpcc_name_strerror(err)))
		check(klpcc_mark_parse(name, strlen(name), &got) == 0 &&
			      same_ref(ref, &got),
		      "mark %s", name);

	want = *ref;
	want.gate = ref->object;
	err = klpcc_mainline_symbol_build(ref, name, sizeof(name));
	if (klpcc_span_is(ref->object, "rela"))
		check(err == -KLPCC_NAME_BAD_OBJECT, "mainline symbol in rela: %s",
		      klpcc_name_strerror(err));
	else if (check(err == 0, "mainline symbol: %s", klpcc_name_strerror(err)))
		check(klpcc_mainline_symbol_parse(name, strlen(name), &got) == 0 &&
			      same_ref(&want, &got),
		      "mainline symbol %s", name);

	want.sympos = 0;
	err = klpcc_object_symbol_build(ref, name, sizeof(name));
	if (check(err == 0, "object form symbol: %s", klpcc_name_strerror(err)))
		check(klpcc_object_symbol_parse(name, strlen(name), &got) == 0 &&
			      same_ref(&want, &got),
		      "object form symbol %s", name);
}

static void section_round_trip(const struct klpcc_section_name *section)
{
	char name[KLPCC_NAME_BUFFER];
	struct klpcc_section_name got;
	int err;

	err = klpcc_object_section_build(section, name, sizeof(name));
	if (klpcc_span_is(section->gate, "rela"))
		check(err == -KLPCC_NAME_BAD_GATE, "object form gate rela: %s",
		      klpcc_name_strerror(err));
	else if (check(err == 0, "object form section: %s", klpcc_name_strerror(err)))
		check(klpcc_object_section_parse(name, strlen(name), &got) == 0 &&
			      klpcc_span_equal(got.gate, section->gate) &&
			      klpcc_span_equal(got.section, section->section),
		      "object form section %s", name);

	err = klpcc_mainline_section_build(section, name, sizeof(name));
	if (check(err == 0, "mainline section: %s", klpcc_name_strerror(err)))
		check(klpcc_mainline_section_parse(name, strlen(name), &got) == 0 &&
			      klpcc_span_equal(got.gate, section->gate) &&
			      klpcc_span_equal(got.section, section->section),
		      "mainline section %s", name);
}

/* A name that parsed as a symbol gives the same bytes when it is built again. */
static void rebuilt(const char *kind, int err, const char *again, const char *name,
		    size_t len)
{
	check(err == 0 && strlen(again) == len && memcmp(again, name, len) == 0,
	      "%s %.*s comes back as %s", kind, (int)len, name, err ? "an error" : again);
}

static unsigned long accepted[6];

static void symbol_properties(const char *name, size_t len)
{
	int mark, object, mainline, foreign, owners, err;
	struct klpcc_ref in_mark, in_object, ref;
	char again[KLPCC_NAME_BUFFER + 64];

	mark = klpcc_mark_parse(name, len, &in_mark);
	if (mark == 0 && ++accepted[0])
		rebuilt("mark", klpcc_mark_build(&in_mark, again, sizeof(again)), again,
			name, len);
	object = klpcc_object_symbol_parse(name, len, &in_object);
	if (object == 0 && ++accepted[1]) {
		err = klpcc_object_symbol_build(&in_object, again, sizeof(again));
		rebuilt("object form symbol", err, again, name, len);
		check(mark == 0 && same_ref(&in_mark, &in_object), "%.*s is no mark",
		      (int)len, name);
	}
	mainline = klpcc_mainline_symbol_parse(name, len, &ref);
	if (mainline == 0 && ++accepted[2])
		rebuilt("mainline symbol",
			klpcc_mainline_symbol_build(&ref, again, sizeof(again)), again,
			name, len);
	foreign = klpcc_foreign_mark_parse(name, len, &ref);
	if (foreign == 0 && ++accepted[3]) {
		snprintf(again, sizeof(again), ".klp.sym.rela.%.*s.%.*s.%.*s,%u",
			 (int)ref.gate.len, ref.gate.start, (int)ref.object.len,
			 ref.object.start, (int)ref.symbol.len, ref.symbol.start,
			 ref.sympos);
		rebuilt("foreign mark", 0, again, name, len);
	}
	owners = (mark != -KLPCC_NAME_NOT_OURS) + (mainline != -KLPCC_NAME_NOT_OURS) +
		 (foreign != -KLPCC_NAME_NOT_OURS);
	check((mark == -KLPCC_NAME_NOT_OURS) == (object == -KLPCC_NAME_NOT_OURS),
	      "mark and object form symbol differ on %.*s", (int)len, name);
	check(owners == (memmem(name, len, ".klp.", 5) != NULL), "%.*s has %d owners",
	      (int)len, name, owners);
}

static void section_properties(const char *name, size_t len)
{
	struct klpcc_section_name section;
	char again[KLPCC_NAME_BUFFER];
	int object, mainline, owners;

	object = klpcc_object_section_parse(name, len, &section);
	if (object == 0 && ++accepted[4])
		rebuilt("object form section",
			klpcc_object_section_build(&section, again, sizeof(again)), again,
			name, len);
	mainline = klpcc_mainline_section_parse(name, len, &section);
	if (mainline == 0 && ++accepted[5])
		rebuilt("mainline section",
			klpcc_mainline_section_build(&section, again, sizeof(again)),
			again, name, len);
	owners = (object != -KLPCC_NAME_NOT_OURS) + (mainline != -KLPCC_NAME_NOT_OURS);
	check(owners == (len >= 5 && memcmp(name, ".klp.", 5) == 0), "%.*s has %d owners",
	      (int)len, name, owners);
}

/* ---- where the names come from ------------------------------------------------------- */

static void cross_product(void)
{
	size_t s, o, p, g;

	test_begin("symbols x objects x positions x gates");
	for (s = 0; s < COUNT(symbols); s++)
		for (o = 0; o < COUNT(objects); o++)
			for (p = 0; p < COUNT(positions); p++)
				for (g = 0; g < COUNT(objects); g++) {
					struct klpcc_ref ref =
						make_ref(symbols[s], objects[o],
							 positions[p], objects[g]);

					ref_round_trip(&ref);
				}
	test_end();

	test_begin("gates x sections");
	for (g = 0; g < COUNT(objects); g++)
		for (s = 0; s < COUNT(sections); s++) {
			struct klpcc_section_name section = {
				klpcc_span_of(objects[g]), klpcc_span_of(sections[s])
			};

			section_round_trip(&section);
		}
	test_end();
}

static uint32_t random_state = 0x6b6c7063;

/* Words and single characters until about `want` bytes, at most `max`. */
static size_t random_part(char *part, size_t max, bool is_symbol)
{
	static const char *const words[] = { ".klp.", ".klp", "klp.", ".for.",
					     "for",   ".1",   ".0",   "rela",
					     "sym",   "isra", ".",    "$" };
	static const char letters[] = "abzAZ_019";
	size_t want = 1 + random_below(&random_state, random_below(&random_state, 8)
							      ? 12
							      : (uint32_t)max),
	       len = 0;

	while (len < want) {
		const char *word = words[random_below(&random_state, COUNT(words))];
		size_t n = strlen(word);

		if (is_symbol && random_below(&random_state, 3) == 0 && len + n <= max) {
			memcpy(part + len, word, n);
			len += n;
		} else {
			part[len++] =
				letters[random_below(&random_state, sizeof(letters) - 1)];
		}
	}
	return len;
}

static struct klpcc_span random_object(char *storage)
{
	struct klpcc_span span;

	if (random_below(&random_state, 2))
		return klpcc_span_of(
			objects[random_below(&random_state, COUNT(objects))]);
	span.start = storage;
	span.len = random_part(storage, KLPCC_OBJECT_MAX, false);
	return span;
}

static void random_refs(void)
{
	char symbol[KLPCC_SYMBOL_MAX], object[KLPCC_OBJECT_MAX], gate[KLPCC_OBJECT_MAX];
	unsigned long used = 0;
	struct klpcc_ref ref;
	int round;

	test_begin("random references");
	for (round = 0; round < ROUNDS; round++) {
		ref.symbol.start = symbol;
		ref.symbol.len = random_part(symbol, sizeof(symbol), true);
		ref.object = random_object(object);
		ref.gate =
			random_below(&random_state, 2) ? ref.object : random_object(gate);
		ref.sympos = random_below(&random_state, 2)
				     ? 0
				     : random_below(&random_state, UINT32_MAX) >>
					       random_below(&random_state, 32);
		if (ref.symbol.len >= 5 && memcmp(symbol, ".klp.", 5) == 0)
			continue;
		used++;
		ref_round_trip(&ref);
	}
	check(used > ROUNDS / 2, "only %lu references", used);
	test_end();
}

static void random_names(void)
{
	static const char *const tokens[] = { ".klp.",
					      ".klp.",
					      ".klp.sym.",
					      ".klp.sym.rela.",
					      ".klp.sym.m.f",
					      ".klp.sym.rela.m.m.f",
					      ".klp.rela.",
					      ".rela.",
					      ".for.",
					      "vmlinux",
					      "vmlinux.",
					      "m",
					      "m.",
					      "f",
					      "f",
					      ".",
					      ".",
					      ",",
					      ",0",
					      ",1",
					      ".1",
					      "1",
					      "0",
					      "4294967295",
					      "4294967296",
					      "klp",
					      "rela",
					      "rela.",
					      "sym",
					      "-",
					      "$",
					      "\n",
					      "\377",
					      ".text" };
	char name[256];
	size_t i;
	int round;

	test_begin("random names");
	for (round = 0; round < ROUNDS; round++) {
		size_t len = 0, left = random_below(&random_state, 9);
		char *exact;

		for (; left > 0; left--) {
			const char *token =
				tokens[random_below(&random_state, COUNT(tokens))];

			memcpy(name + len, token, strlen(token));
			len += strlen(token);
		}
		exact = copy_exactly(name, len);
		symbol_properties(exact, len);
		section_properties(exact, len);
		free(exact);
	}
	for (i = 0; i < COUNT(accepted); i++)
		check(accepted[i] > 300, "parser %zu accepted only %lu", i, accepted[i]);
	test_end();
}

/* A valid name with one byte changed, removed or doubled: refused, or valid in its own right. */
static void mutated_names(void)
{
	static const char bytes[] = ".,klpfor019-$ \n";
	char valid[KLPCC_NAME_BUFFER], name[KLPCC_NAME_BUFFER + 1], *exact;
	size_t len, at, i;
	int round;

	test_begin("mutated names");
	for (round = 0; round < ROUNDS; round++) {
		struct klpcc_ref ref =
			make_ref(symbols[random_below(&random_state, COUNT(symbols))],
				 objects[random_below(&random_state, COUNT(objects))],
				 positions[random_below(&random_state, COUNT(positions))],
				 objects[random_below(&random_state, COUNT(objects))]);
		int err =
			random_below(&random_state, 2)
				? klpcc_mark_build(&ref, valid, sizeof(valid))
				: klpcc_mainline_symbol_build(&ref, valid, sizeof(valid));

		if (err)
			continue;
		len = strlen(valid);
		at = random_below(&random_state, (uint32_t)len);
		memcpy(name, valid, len);
		i = random_below(&random_state, 3);
		if (i == 0) {
			name[at] = bytes[random_below(&random_state, sizeof(bytes) - 1)];
		} else if (i == 1) {
			memmove(name + at, name + at + 1, len - at - 1);
			len--;
		} else {
			memmove(name + at + 1, name + at, len - at);
			len++;
		}
		exact = copy_exactly(name, len);
		symbol_properties(exact, len);
		section_properties(exact, len);
		free(exact);
	}
	test_end();
}

int main(void)
{
	cross_product();
	random_refs();
	random_names();
	mutated_names();
	return test_status;
}
