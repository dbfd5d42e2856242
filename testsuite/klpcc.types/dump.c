// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Prints what an index has of an object's types, as the plugin reads it, one a line:
 *
 *	dump INDEX OBJECT             what is looked for by name, as C
 *	dump -c INDEX OBJECT          only how many there are; each is looked for by its name
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "index/btf.h"

static void must(struct klpcc_error *err)
{
	if (!err)
		return;
	fprintf(stderr, "%s\n", err->message);
	exit(1);
}

static bool is_named(const struct klpcc_btf_type *type)
{
	switch (type->kind) {
	case KLPCC_BTF_STRUCT:
	case KLPCC_BTF_UNION:
	case KLPCC_BTF_ENUM:
	case KLPCC_BTF_ENUM64:
	case KLPCC_BTF_FUNC:
	case KLPCC_BTF_VAR:
		return *type->name;
	default:
		return false;
	}
}

static void print(const struct klpcc_btf *btf, const struct klpcc_btf_type *type)
{
	bool symbol = type->kind == KLPCC_BTF_FUNC || type->kind == KLPCC_BTF_VAR;
	char *text;

	must(klpcc_btf_declare(btf, type->id, symbol ? type->name : "", &text));
	printf("%s", text);
	free(text);
	for (uint32_t i = 0; type->kind == KLPCC_BTF_STRUCT && i < type->count; i++) {
		struct klpcc_btf_member member;

		must(klpcc_btf_member(btf, type, i, &member));
		must(klpcc_btf_declare(btf, member.type, member.name, &text));
		printf(" %u:%s", member.offset, text);
		if (member.bits)
			printf(":%u", member.bits);
		free(text);
	}
	puts("");
}

/* Looked for by its name, it must be among what is found. */
static void find(const struct klpcc_btf *btf, const struct klpcc_btf_type *type)
{
	uint32_t found = 0;

	do
		must(klpcc_btf_find(btf, type->name, &found));
	while (found && found != type->id);
	if (found)
		return;
	fprintf(stderr, "type %u, '%s', is not found\n", type->id, type->name);
	exit(1);
}

int main(int argc, char **argv)
{
	bool count = argc == 4 && !strcmp(argv[1], "-c"), found;
	struct klpcc_btf *base, *btf;
	struct klpcc_index *index;
	uint32_t object, types = 0;

	argv += count;
	if (argc - count != 3)
		return 2;
	must(klpcc_index_open(argv[1], &index));
	must(klpcc_index_find_object(index, argv[2], strlen(argv[2]), &found, &object));
	must(klpcc_btf_open(index, KLPCC_INDEX_VMLINUX, NULL, &base));
	btf = base;
	if (object != KLPCC_INDEX_VMLINUX)
		must(klpcc_btf_open(index, object, base, &btf));
	for (uint32_t id = 1; btf && id < klpcc_btf_end(btf); id++) {
		struct klpcc_btf_type type;

		must(klpcc_btf_type(btf, id, &type));
		if ((type.in_base && btf != base) || !is_named(&type))
			continue;
		types++;
		find(btf, &type);
		if (!count)
			print(btf, &type);
	}
	if (count)
		printf("%u\n", types);
	if (btf != base)
		klpcc_btf_close(btf);
	klpcc_btf_close(base);
	klpcc_index_close(index);
	return 0;
}
