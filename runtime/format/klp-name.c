// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Names: parse and build every name that klpcc reads or writes.
 *
 * The one source of the format module: compiled into the tools, into the plugin and into
 * kernel modules, so that a mark that the compiler wrote cannot mean something else to the
 * final link or to the resolver. Freestanding, it needs only memchr, memcmp and memcpy; it
 * keeps to what -std=gnu89 -Wdeclaration-after-statement (kernels before 5.18) accepts.
 *
 * A name is read from left to right with a span that shrinks; every part is checked before
 * *ret is written. Building checks first too, then measures, then copies.
 */
#include "klp-name.h"

#ifdef __KERNEL__
#include <linux/string.h>
#else
#include <string.h>
#endif

#define INFIX ".klp."
#define GATE_WORD "for"
#define GATE_INFIX ".for."
#define RELA_INFIX ".rela."
#define MAINLINE_SYMBOL ".klp.sym."
#define MAINLINE_SECTION ".klp.rela."
#define FOREIGN_MARK ".klp.sym.rela."

/* Digits of the largest position, 4294967295. */
#define SYMPOS_DIGITS 10
#define SYMPOS_MAX 4294967295ull

#define LENGTH(literal) (sizeof(literal) - 1)
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* KLPCC_NAME_BUFFER against the longest name of each kind. */
_Static_assert(KLPCC_SYMBOL_MAX + LENGTH(INFIX) + KLPCC_OBJECT_MAX + 1 + SYMPOS_DIGITS +
			       LENGTH(GATE_INFIX) + KLPCC_OBJECT_MAX <
		       KLPCC_NAME_BUFFER,
	       "a mark fits");
_Static_assert(LENGTH(MAINLINE_SYMBOL) + KLPCC_OBJECT_MAX + 1 + KLPCC_SYMBOL_MAX + 1 +
			       SYMPOS_DIGITS <
		       KLPCC_NAME_BUFFER,
	       "a mainline symbol fits");
_Static_assert(LENGTH(INFIX) + KLPCC_OBJECT_MAX + LENGTH(RELA_INFIX) + KLPCC_SECTION_MAX <
		       KLPCC_NAME_BUFFER,
	       "a section fits");

/* ---- spans --------------------------------------------------------------------------- */

struct klpcc_span klpcc_span_of(const char *string)
{
	struct klpcc_span span = { string, 0 };

	while (string[span.len] != '\0')
		span.len++;
	return span;
}

static struct klpcc_span span_make(const char *start, size_t len)
{
	struct klpcc_span span;

	span.start = start;
	span.len = len;
	return span;
}

static struct klpcc_span span_after(struct klpcc_span span, size_t skip)
{
	return span_make(span.start + skip, span.len - skip);
}

bool klpcc_span_equal(struct klpcc_span a, struct klpcc_span b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.start, b.start, a.len) == 0);
}

bool klpcc_span_is(struct klpcc_span span, const char *string)
{
	return klpcc_span_equal(span, klpcc_span_of(string));
}

int klpcc_span_compare(struct klpcc_span a, struct klpcc_span b)
{
	size_t common = a.len < b.len ? a.len : b.len;
	int order = common ? memcmp(a.start, b.start, common) : 0;

	return order ? order : (a.len > b.len) - (a.len < b.len);
}

/* `prefix` is a literal: its length need not be counted, nor a function be called. */
#define span_starts(span, prefix)        \
	((span).len >= LENGTH(prefix) && \
	 memcmp((span).start, prefix, LENGTH(prefix)) == 0)

/* Takes what precedes the first `stop` off *rest, which then begins at the stop or is empty. */
static struct klpcc_span span_take(struct klpcc_span *rest, char stop)
{
	const char *end = rest->len ? memchr(rest->start, stop, rest->len) : NULL;
	struct klpcc_span head =
		span_make(rest->start, end ? (size_t)(end - rest->start) : rest->len);

	*rest = span_after(*rest, head.len);
	return head;
}

/* ---- parts --------------------------------------------------------------------------- */

/* Where a character is allowed: in a symbol, or also in an object's name. */
#define IN_SYMBOL 1
#define IN_OBJECT 2
#define ANYWHERE (IN_SYMBOL | IN_OBJECT)
#define FIVE_FROM(c)                                                  \
	[(c)] = ANYWHERE, [(c) + 1] = ANYWHERE, [(c) + 2] = ANYWHERE, \
	[(c) + 3] = ANYWHERE, [(c) + 4] = ANYWHERE

/* A table, as the resolver checks each character of each name in a load. */
static const unsigned char allowed[256] = {
	['$'] = IN_SYMBOL, ['.'] = IN_SYMBOL, ['_'] = ANYWHERE, FIVE_FROM('0'),
	FIVE_FROM('5'),    FIVE_FROM('A'),    FIVE_FROM('F'),   FIVE_FROM('K'),
	FIVE_FROM('P'),    FIVE_FROM('U'),    ['Z'] = ANYWHERE, FIVE_FROM('a'),
	FIVE_FROM('f'),    FIVE_FROM('k'),    FIVE_FROM('p'),   FIVE_FROM('u'),
	['z'] = ANYWHERE,
};

static bool is_allowed(unsigned char use, char c)
{
	return allowed[(unsigned char)c] & use;
}

static bool contains_only(struct klpcc_span span, unsigned char use)
{
	size_t i;

	for (i = 0; i < span.len; i++)
		if (!is_allowed(use, span.start[i]))
			return false;
	return true;
}

int klpcc_check_symbol(struct klpcc_span symbol)
{
	if (symbol.len == 0)
		return -KLPCC_NAME_NO_SYMBOL;
	/* A mark of a symbol that begins with the infix would read as one of the other names. */
	if (!contains_only(symbol, IN_SYMBOL) || span_starts(symbol, INFIX))
		return -KLPCC_NAME_BAD_SYMBOL;
	if (symbol.len > KLPCC_SYMBOL_MAX)
		return -KLPCC_NAME_LONG_SYMBOL;
	return 0;
}

/*
 * A module's name is KBUILD_MODNAME, which scripts/Makefile.lib also pastes into C
 * identifiers after it turned '-' and ',' into '_'.
 */
int klpcc_check_object(struct klpcc_span object)
{
	if (object.len == 0)
		return -KLPCC_NAME_NO_OBJECT;
	if (!contains_only(object, IN_OBJECT))
		return -KLPCC_NAME_BAD_OBJECT;
	if (object.len > KLPCC_OBJECT_MAX)
		return -KLPCC_NAME_LONG_OBJECT;
	return 0;
}

static int check_gate(struct klpcc_span gate)
{
	int err = klpcc_check_object(gate);

	return err == -KLPCC_NAME_NO_OBJECT || err == -KLPCC_NAME_BAD_OBJECT
		       ? -KLPCC_NAME_BAD_GATE
		       : err;
}

/* Any bytes that a one-line message can show: the linker gives sections odd names. */
static int check_section(struct klpcc_span section)
{
	size_t i;

	if (section.len == 0)
		return -KLPCC_NAME_NO_SECTION;
	for (i = 0; i < section.len; i++) {
		unsigned char c = (unsigned char)section.start[i];

		if (c < 0x20 || c == 0x7f)
			return -KLPCC_NAME_BAD_SECTION;
	}
	if (section.len > KLPCC_SECTION_MAX)
		return -KLPCC_NAME_LONG_SECTION;
	return 0;
}

static int check_ref(const struct klpcc_ref *ref)
{
	int err = klpcc_check_symbol(ref->symbol);

	return err ? err : klpcc_check_object(ref->object);
}

static int check_section_name(const struct klpcc_section_name *name)
{
	int err = check_gate(name->gate);

	return err ? err : check_section(name->section);
}

/* Decimal without sign or leading zero, so that a position has one spelling. */
static int sympos_parse(struct klpcc_span digits, unsigned int *ret)
{
	unsigned long long value = 0;
	size_t i;

	if (digits.len == 0 || digits.len > SYMPOS_DIGITS)
		return -KLPCC_NAME_BAD_SYMPOS;
	if (digits.len > 1 && digits.start[0] == '0')
		return -KLPCC_NAME_BAD_SYMPOS;
	for (i = 0; i < digits.len; i++) {
		char c = digits.start[i];

		if (c < '0' || c > '9')
			return -KLPCC_NAME_BAD_SYMPOS;
		value = value * 10 + (unsigned int)(c - '0');
	}
	if (value > SYMPOS_MAX)
		return -KLPCC_NAME_BAD_SYMPOS;
	*ret = (unsigned int)value;
	return 0;
}

static struct klpcc_span sympos_print(unsigned int sympos, char digits[SYMPOS_DIGITS])
{
	size_t at = SYMPOS_DIGITS;

	do {
		digits[--at] = (char)('0' + sympos % 10);
		sympos /= 10;
	} while (sympos);
	return span_make(digits + at, SYMPOS_DIGITS - at);
}

/* Writes nothing unless everything fits, NUL included. Pieces are checked, hence short. */
static int join_pieces(const struct klpcc_span *piece, size_t count, char *buffer,
		       size_t size)
{
	size_t len = 0;
	size_t i;

	for (i = 0; i < count; i++)
		len += piece[i].len;
	if (len >= size)
		return -KLPCC_NAME_NO_SPACE;
	for (i = 0; i < count; i++) {
		if (piece[i].len)
			memcpy(buffer, piece[i].start, piece[i].len);
		buffer += piece[i].len;
	}
	*buffer = '\0';
	return 0;
}

/* ---- marks and object form symbols --------------------------------------------------- */

/*
 * Cuts <symbol>.klp.<object><rest> at the last infix: what follows an object never contains
 * another one, what precedes it may. Names under .klp.sym. belong to the other parsers.
 */
static int cut_at_object(struct klpcc_span name, struct klpcc_ref *ref,
			 struct klpcc_span *rest)
{
	size_t at;

	if (span_starts(name, MAINLINE_SYMBOL) || name.len < LENGTH(INFIX))
		return -KLPCC_NAME_NOT_OURS;
	at = name.len - LENGTH(INFIX);
	while (memcmp(name.start + at, INFIX, LENGTH(INFIX)) != 0)
		if (at-- == 0)
			return -KLPCC_NAME_NOT_OURS;
	ref->symbol = span_make(name.start, at);
	*rest = span_after(name, at + LENGTH(INFIX));
	ref->object = span_take(rest, '.');
	ref->gate = ref->object;
	ref->sympos = 0;
	return check_ref(ref);
}

/* The optional .for.<gate>; the default gate must not be spelt out. */
static int gate_suffix_parse(struct klpcc_span rest, struct klpcc_ref *ref)
{
	if (rest.len == 0)
		return 0;
	if (!span_starts(rest, GATE_INFIX))
		return klpcc_span_is(rest, "." GATE_WORD) ? -KLPCC_NAME_BAD_GATE
							  : -KLPCC_NAME_TRAILING;
	rest = span_after(rest, LENGTH(GATE_INFIX));
	ref->gate = span_take(&rest, '.');
	if (klpcc_span_equal(ref->gate, ref->object) || span_starts(rest, GATE_INFIX))
		return -KLPCC_NAME_BAD_GATE;
	if (rest.len)
		return -KLPCC_NAME_TRAILING;
	return check_gate(ref->gate);
}

int klpcc_mark_parse(const char *name, size_t len, struct klpcc_ref *ret)
{
	struct klpcc_span rest, next, word;
	struct klpcc_ref ref;
	int err;

	err = cut_at_object(span_make(name, len), &ref, &rest);
	if (err)
		return err;
	if (rest.len) {
		next = span_after(rest, 1);
		word = span_take(&next, '.');
		if (!klpcc_span_is(word, GATE_WORD)) {
			err = sympos_parse(word, &ref.sympos);
			if (err)
				return err;
			if (ref.sympos == 0)
				return -KLPCC_NAME_BAD_SYMPOS;
			rest = next;
		}
	}
	err = gate_suffix_parse(rest, &ref);
	if (err)
		return err;
	*ret = ref;
	return 0;
}

int klpcc_mark_build(const struct klpcc_ref *ref, char *buffer, size_t size)
{
	char digits[SYMPOS_DIGITS];
	struct klpcc_span piece[7];
	bool other_gate = !klpcc_span_equal(ref->gate, ref->object);
	size_t count = 0;
	int err = check_ref(ref);

	if (!err)
		err = check_gate(ref->gate);
	if (err)
		return err;
	/* a.klp.klp.1 is position 0 of a.klp in the object 1: the last infix counts. */
	if ((ref->sympos || other_gate) && klpcc_span_is(ref->object, "klp"))
		return -KLPCC_NAME_BAD_OBJECT;
	piece[count++] = ref->symbol;
	piece[count++] = klpcc_span_of(INFIX);
	piece[count++] = ref->object;
	if (ref->sympos) {
		piece[count++] = klpcc_span_of(".");
		piece[count++] = sympos_print(ref->sympos, digits);
	}
	if (other_gate) {
		piece[count++] = klpcc_span_of(GATE_INFIX);
		piece[count++] = ref->gate;
	}
	return join_pieces(piece, count, buffer, size);
}

/*
 * Cuts <symbol>.klp.<object> where it can be told from its end alone, in one pass: the resolver
 * reads thousands of them in a load. Where it cannot, cut_at_object() knows what is wrong.
 */
static bool cut_at_end(struct klpcc_span name, struct klpcc_ref *ref)
{
	size_t at = name.len;

	while (at > 0 && is_allowed(IN_OBJECT, name.start[at - 1]))
		at--;
	if (at < LENGTH(INFIX) || at == name.len || name.len - at > KLPCC_OBJECT_MAX ||
	    memcmp(name.start + at - LENGTH(INFIX), INFIX, LENGTH(INFIX)) != 0)
		return false;
	ref->symbol = span_make(name.start, at - LENGTH(INFIX));
	ref->object = span_after(name, at);
	ref->gate = ref->object;
	ref->sympos = 0;
	return klpcc_check_symbol(ref->symbol) == 0;
}

/* What klp-build leaves in place of a symbol: KLP_TOMBSTONE_PREFIX of the kernel's objtool. */
#define TOMBSTONE ".klp.tombstone."

int klpcc_object_symbol_parse(const char *name, size_t len, struct klpcc_ref *ret)
{
	struct klpcc_span whole = span_make(name, len);
	struct klpcc_span rest;
	struct klpcc_ref ref;
	int err;

	if (len >= LENGTH(TOMBSTONE) && memcmp(name, TOMBSTONE, LENGTH(TOMBSTONE)) == 0)
		return -KLPCC_NAME_NOT_OURS;
	if (!cut_at_end(whole, &ref)) {
		err = cut_at_object(whole, &ref, &rest);
		if (err)
			return err;
		if (rest.len)
			return -KLPCC_NAME_TRAILING;
	}
	*ret = ref;
	return 0;
}

int klpcc_object_symbol_build(const struct klpcc_ref *ref, char *buffer, size_t size)
{
	struct klpcc_span piece[3];
	int err = check_ref(ref);

	if (err)
		return err;
	piece[0] = ref->symbol;
	piece[1] = klpcc_span_of(INFIX);
	piece[2] = ref->object;
	return join_pieces(piece, COUNT(piece), buffer, size);
}

/* ---- mainline form symbols and foreign marks ----------------------------------------- */

/* <object>.<symbol>,<sympos>, with which both kinds end; sets the gate to the object. */
static int positioned_parse(struct klpcc_span rest, struct klpcc_ref *ref)
{
	size_t comma = rest.len;
	struct klpcc_span head;
	int err;

	while (comma > 0 && rest.start[comma - 1] != ',')
		comma--;
	head = comma ? span_make(rest.start, comma - 1) : rest;
	ref->object = span_take(&head, '.');
	ref->gate = ref->object;
	ref->symbol = head.len ? span_after(head, 1) : head;
	err = klpcc_check_object(ref->object);
	if (!err)
		err = klpcc_check_symbol(ref->symbol);
	if (!err && comma == 0)
		err = -KLPCC_NAME_BAD_SYMPOS;
	return err ? err : sympos_parse(span_after(rest, comma), &ref->sympos);
}

int klpcc_foreign_mark_parse(const char *name, size_t len, struct klpcc_ref *ret)
{
	struct klpcc_span rest = span_make(name, len);
	struct klpcc_span gate;
	struct klpcc_ref ref;
	int err;

	if (!span_starts(rest, FOREIGN_MARK))
		return -KLPCC_NAME_NOT_OURS;
	rest = span_after(rest, LENGTH(FOREIGN_MARK));
	gate = span_take(&rest, '.');
	err = check_gate(gate);
	if (err)
		return err;
	if (rest.len)
		rest = span_after(rest, 1);
	err = positioned_parse(rest, &ref);
	if (err)
		return err;
	ref.gate = gate;
	*ret = ref;
	return 0;
}

int klpcc_mainline_symbol_parse(const char *name, size_t len, struct klpcc_ref *ret)
{
	struct klpcc_span rest = span_make(name, len);
	struct klpcc_ref ref;
	int err;

	if (!span_starts(rest, MAINLINE_SYMBOL) || span_starts(rest, FOREIGN_MARK))
		return -KLPCC_NAME_NOT_OURS;
	err = positioned_parse(span_after(rest, LENGTH(MAINLINE_SYMBOL)), &ref);
	if (err)
		return err;
	*ret = ref;
	return 0;
}

int klpcc_mainline_symbol_build(const struct klpcc_ref *ref, char *buffer, size_t size)
{
	char digits[SYMPOS_DIGITS];
	struct klpcc_span piece[6];
	int err = check_ref(ref);

	if (err)
		return err;
	if (klpcc_span_is(ref->object, "rela"))
		return -KLPCC_NAME_BAD_OBJECT;
	piece[0] = klpcc_span_of(MAINLINE_SYMBOL);
	piece[1] = ref->object;
	piece[2] = klpcc_span_of(".");
	piece[3] = ref->symbol;
	piece[4] = klpcc_span_of(",");
	piece[5] = sympos_print(ref->sympos, digits);
	return join_pieces(piece, COUNT(piece), buffer, size);
}

/* ---- sections ------------------------------------------------------------------------ */

int klpcc_object_section_parse(const char *name, size_t len,
			       struct klpcc_section_name *ret)
{
	struct klpcc_span rest = span_make(name, len);
	struct klpcc_section_name section;
	int err;

	if (!span_starts(rest, INFIX) || span_starts(rest, MAINLINE_SECTION))
		return -KLPCC_NAME_NOT_OURS;
	rest = span_after(rest, LENGTH(INFIX));
	section.gate = span_take(&rest, '.');
	section.section = span_starts(rest, RELA_INFIX)
				  ? span_after(rest, LENGTH(RELA_INFIX))
				  : span_make(rest.start, 0);
	err = check_section_name(&section);
	if (err)
		return err;
	*ret = section;
	return 0;
}

int klpcc_object_section_build(const struct klpcc_section_name *section, char *buffer,
			       size_t size)
{
	struct klpcc_span piece[4];
	int err = check_section_name(section);

	if (err)
		return err;
	if (klpcc_span_is(section->gate, "rela"))
		return -KLPCC_NAME_BAD_GATE;
	piece[0] = klpcc_span_of(INFIX);
	piece[1] = section->gate;
	piece[2] = klpcc_span_of(RELA_INFIX);
	piece[3] = section->section;
	return join_pieces(piece, COUNT(piece), buffer, size);
}

int klpcc_mainline_section_parse(const char *name, size_t len,
				 struct klpcc_section_name *ret)
{
	struct klpcc_span rest = span_make(name, len);
	struct klpcc_section_name section;
	int err;

	if (!span_starts(rest, MAINLINE_SECTION))
		return -KLPCC_NAME_NOT_OURS;
	rest = span_after(rest, LENGTH(MAINLINE_SECTION));
	section.gate = span_take(&rest, '.');
	section.section = rest.len ? span_after(rest, 1) : rest;
	err = check_section_name(&section);
	if (err)
		return err;
	*ret = section;
	return 0;
}

int klpcc_mainline_section_build(const struct klpcc_section_name *section, char *buffer,
				 size_t size)
{
	struct klpcc_span piece[4];
	int err = check_section_name(section);

	if (err)
		return err;
	piece[0] = klpcc_span_of(MAINLINE_SECTION);
	piece[1] = section->gate;
	piece[2] = klpcc_span_of(".");
	piece[3] = section->section;
	return join_pieces(piece, COUNT(piece), buffer, size);
}

/* ---- messages ------------------------------------------------------------------------ */

const char *klpcc_name_strerror(int error)
{
	switch (error < 0 ? -error : error) {
	case 0:
		return "no error";
	case KLPCC_NAME_NOT_OURS:
		return "not a klp name of this kind";
	case KLPCC_NAME_NO_SYMBOL:
		return "the symbol is empty";
	case KLPCC_NAME_BAD_SYMBOL:
		return "the symbol contains a character outside [A-Za-z0-9_.$] or begins with .klp.";
	case KLPCC_NAME_LONG_SYMBOL:
		return "the symbol is longer than 511 characters";
	case KLPCC_NAME_NO_OBJECT:
		return "the object is empty";
	case KLPCC_NAME_BAD_OBJECT:
		return "the object contains a character outside [A-Za-z0-9_] or is ambiguous here";
	case KLPCC_NAME_LONG_OBJECT:
		return "the object is longer than 55 characters";
	case KLPCC_NAME_BAD_SYMPOS:
		return "the position is not a plain decimal number";
	case KLPCC_NAME_BAD_GATE:
		return "the gate is empty, misspelt, repeated or superfluous";
	case KLPCC_NAME_NO_SECTION:
		return "no relocated section is named";
	case KLPCC_NAME_LONG_SECTION:
		return "the relocated section's name is longer than 1023 characters";
	case KLPCC_NAME_BAD_SECTION:
		return "the relocated section's name contains a control character";
	case KLPCC_NAME_TRAILING:
		return "something is left over at the end";
	case KLPCC_NAME_NO_SPACE:
		return "the name does not fit the buffer";
	default:
		return "unknown error";
	}
}
