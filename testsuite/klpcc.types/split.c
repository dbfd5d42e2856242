// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Writes the BTF of module.c, which goes on where that of vmlinux ends, as pahole does for a kernel's
 * modules; GCC has no such thing.
 *
 *	split VMLINUX-BTF OUTPUT
 */
#include <bpf/btf.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

static int must(int result)
{
	if (result < 0)
		exit(1);
	return result;
}

static int find(struct btf *btf, const char *name, unsigned int kind)
{
	return must(btf__find_by_name_kind(btf, name, kind));
}

static void fill(struct btf *btf)
{
	int number = find(btf, "int", BTF_KIND_INT), item, own, proto;

	item = must(btf__add_ptr(btf, find(btf, "item", BTF_KIND_STRUCT)));
	own = must(btf__add_struct(btf, "own", 8));
	must(btf__add_field(btf, "first", number, 0, 0));
	must(btf__add_field(btf, "second", number, 32, 0));
	own = must(btf__add_ptr(btf, own));
	proto = must(btf__add_func_proto(btf, number));
	must(btf__add_func_param(btf, "item", item));
	must(btf__add_func_param(btf, "own", own));
	must(btf__add_func(btf, "module_function", BTF_FUNC_STATIC, proto));
	/* A module may have a struct of its own of a name that vmlinux has, too. */
	must(btf__add_struct(btf, "pair", 4));
	must(btf__add_field(btf, "left", number, 0, 0));
	must(btf__add_struct(btf, "inner", 8));
	must(btf__add_field(btf, "first", number, 32, 0));
}

int main(int argc, char **argv)
{
	struct btf *base = argc == 3 ? btf__parse_raw(argv[1]) : NULL;
	struct btf *btf = base ? btf__new_empty_split(base) : NULL;
	const void *data;
	unsigned int size;
	bool written;
	FILE *file;

	if (!btf)
		return 1;
	fill(btf);
	must(btf__set_endianness(btf, btf__endianness(base)));
	data = btf__raw_data(btf, &size);
	file = fopen(argv[2], "wb");
	written = data && file && fwrite(data, size, 1, file) == 1;
	written &= file && !fclose(file);
	btf__free(btf);
	btf__free(base);
	return !written;
}
