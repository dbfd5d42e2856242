// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The table of relocations: each row against the <elf.h> of the machine that the test runs on, no
 * type of that file missing, the fields against each other, and which values fit a field.
 */
#include <elf.h>
#include <stdint.h>
#include <string.h>

#include "../lib/unit.h"
#include "klp-reloc.h"

/* glibc does not have these four. */
#ifndef R_390_PC12DBL
#define R_390_PC12DBL 62
#define R_390_PLT12DBL 63
#define R_390_PC24DBL 64
#define R_390_PLT24DBL 65
#endif

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct klpcc_reloc x86_64[] = { KLPCC_RELOCS_X86_64(KLPCC_RELOC_ROW) };
static const struct klpcc_reloc s390[] = { KLPCC_RELOCS_S390(KLPCC_RELOC_ROW) };

/* The macro of <elf.h> that has the row's name has the row's number. */
#define CHECK_NUMBER(name, number, field, value) \
	check(name == (number), "%s is %d, not %d", #name, name, number);

static void numbers(void)
{
	test_begin("reloc: numbers are those of <elf.h>");
	KLPCC_RELOCS_X86_64(CHECK_NUMBER)
	KLPCC_RELOCS_S390(CHECK_NUMBER)
	test_end();
}

/* ... and no number is missing but those that the psABI no longer uses. */
static void complete(void)
{
	test_begin("reloc: no type is missing");
	for (uint32_t i = 0; i < R_X86_64_NUM; i++)
		check(!klpcc_reloc_find(x86_64, COUNT(x86_64), i) == (i == 39 || i == 40),
		      "x86_64: type %u", i);
	for (uint32_t i = 0; i <= R_390_PLT24DBL; i++)
		check(klpcc_reloc_find(s390, COUNT(s390), i) != NULL, "s390: type %u", i);
	check(!klpcc_reloc_find(x86_64, COUNT(x86_64), R_X86_64_NUM), "x86_64: past it");
	check(!klpcc_reloc_find(x86_64, COUNT(x86_64), UINT32_MAX), "x86_64: the last");
	check(!klpcc_reloc_find(s390, COUNT(s390), R_390_PLT24DBL + 1), "s390: past it");
	test_end();
}

static void check_field(const struct klpcc_reloc *reloc)
{
	const struct klpcc_reloc_field *field = &reloc->field;
	bool writes = reloc->value != KLPCC_RELOC_REFUSED &&
		      reloc->value != KLPCC_RELOC_NOTHING;
	int bits = field->bits + __builtin_popcount(field->kept);

	check(writes == (field->width != 0), "%s: %u bytes", reloc->name, field->width);
	check(bits == 8 * field->width, "%s: %d bits in %u bytes", reloc->name, bits,
	      field->width);
}

/* What the name says of a field's bits, as in R_390_GOTPLT12 and R_390_PC32DBL. */
static void check_name(const struct klpcc_reloc *reloc)
{
	const char *digits = strpbrk(reloc->name + strlen("R_390"), "123456789");
	unsigned int bits;

	if (!reloc->field.width || !digits || sscanf(digits, "%u", &bits) != 1)
		return;
	check(bits == reloc->field.bits, "%s has %u bits", reloc->name,
	      reloc->field.bits);
	check((strstr(digits, "DBL") != NULL) == (reloc->field.shift == 1),
	      "%s is shifted by %u", reloc->name, reloc->field.shift);
}

static void fields(void)
{
	test_begin("reloc: fields");
	for (size_t i = 0; i < COUNT(x86_64); i++)
		if (x86_64[i].name)
			check_field(&x86_64[i]);
	for (size_t i = 0; i < COUNT(s390); i++) {
		check_field(&s390[i]);
		check_name(&s390[i]);
	}
	test_end();
}

static void check_fits(const struct klpcc_reloc_field *field, const char *name,
		       uint64_t low, uint64_t high, uint64_t step)
{
	check(klpcc_reloc_fits(field, 0), "%s: 0", name);
	check(klpcc_reloc_fits(field, low), "%s: the lowest", name);
	check(klpcc_reloc_fits(field, high), "%s: the highest", name);
	check(!klpcc_reloc_fits(field, low - step), "%s: below", name);
	check(!klpcc_reloc_fits(field, high + step), "%s: above", name);
	check(klpcc_reloc_fits(field, step), "%s: one", name);
	if (step > 1)
		check(!klpcc_reloc_fits(field, 1), "%s: half of one", name);
}

#define CHECK_FITS(name, low, high, step)                                           \
	do {                                                                        \
		const struct klpcc_reloc_field field = KLPCC_FIELD_##name;          \
		check_fits(&field, #name, (uint64_t)(low), (uint64_t)(high), step); \
	} while (0)

static void fits(void)
{
	const struct klpcc_reloc_field none = KLPCC_FIELD_NONE, all = KLPCC_FIELD_64;

	test_begin("reloc: values that fit");
	CHECK_FITS(U8, 0, UINT8_MAX, 1);
	CHECK_FITS(U12, 0, 4095, 1);
	CHECK_FITS(U16, 0, UINT16_MAX, 1);
	CHECK_FITS(S16, INT16_MIN, INT16_MAX, 1);
	CHECK_FITS(S16_HALVES, 2 * INT16_MIN, 2 * INT16_MAX, 2);
	CHECK_FITS(S20, -524288, 524287, 1);
	CHECK_FITS(U32, 0, UINT32_MAX, 1);
	CHECK_FITS(S32, INT32_MIN, INT32_MAX, 1);
	CHECK_FITS(S32_HALVES, 2ll * INT32_MIN, 2ll * INT32_MAX, 2);
	check(klpcc_reloc_fits(&none, UINT64_MAX), "nothing is written");
	check(klpcc_reloc_fits(&all, UINT64_MAX), "all of 64 bits");
	test_end();
}

int main(void)
{
	numbers();
	complete();
	fields();
	fits();
	return test_status;
}
