// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The kernel's rules for its own symbol table: see kallsyms-rules.h.
 */
#include "kallsyms-rules.h"

#include <ctype.h>
#include <elf.h>
#include <string.h>

void klpcc_kallsyms_letter(char letter, uint8_t *type, uint8_t *binding)
{
	*binding = isupper((unsigned char)letter) ? STB_GLOBAL : STB_LOCAL;
	switch (letter) {
	case 't':
	case 'T':
	case 'i': /* indirect function */
		*type = STT_FUNC;
		break;
	case 'b':
	case 'B':
	case 'd':
	case 'D':
	case 'g':
	case 'G':
	case 'r':
	case 'R':
	case 's':
	case 'S':
		*type = STT_OBJECT;
		break;
	case 'v':
	case 'V':
		*type = STT_OBJECT;
		*binding = STB_WEAK;
		break;
	case 'w':
	case 'W':
		/* Weak and not tagged as an object: nm says no more. */
		*type = STT_NOTYPE;
		*binding = STB_WEAK;
		break;
	default:
		*type = STT_NOTYPE;
		break;
	}
}

bool klpcc_kallsyms_is_variable(char letter)
{
	return letter == 'b' || letter == 'd' || letter == 'r';
}

static bool has_prefix(const char *name, const char *prefix)
{
	return !strncmp(name, prefix, strlen(prefix));
}

static bool has_suffix(const char *name, const char *suffix)
{
	size_t length = strlen(name), tail = strlen(suffix);

	return length >= tail && !strcmp(name + length - tail, suffix);
}

bool klpcc_kallsyms_ignores(const char *name, char letter)
{
	static const char *const prefixes[] = {
		"$",
		".L",
		"L0",
		"__crc_",
		"__kstrtab_",
		"__kstrtabns_",
		"__efistub_",
		"__kvm_nvhe_$",
		"__kvm_nvhe_.L",
		/* Stubs of the linkers of 32-bit ARM, arm64 and MIPS. */
		"__AArch64ADRPThunk_",
		"__ARMV5PILongThunk_",
		"__ARMV7PILongThunk_",
		"__ThumbV7PILongThunk_",
		"__LA25Thunk_",
		"__microLA25Thunk_",
		"__kcfi_typeid_",
	};
	static const char *const suffixes[] = { "_from_arm", "_from_thumb", "_veneer" };
	static const char *const names[] = {
		/* The tables themselves, which are not there yet when they are made. */
		"kallsyms_addresses",   "kallsyms_offsets",     "kallsyms_relative_base",
		"kallsyms_num_syms",    "kallsyms_names",       "kallsyms_markers",
		"kallsyms_token_table", "kallsyms_token_index", "kallsyms_seqs_of_names",
		"_SDA_BASE_",           "_SDA2_BASE_",
	};

	/* Absolute, debugging, undefined. */
	if (strchr("aANnUw", letter))
		return true;
	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++)
		if (has_prefix(name, prefixes[i]))
			return true;
	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++)
		if (has_suffix(name, suffixes[i]))
			return true;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!strcmp(name, names[i]))
			return true;
	return false;
}
