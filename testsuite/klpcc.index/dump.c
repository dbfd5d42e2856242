// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Prints an index as text, one record a line, for the tests of the command: what the reader
 * of an index sees is what counts.
 *
 *	dump FILE             the whole index
 *	dump FILE NAME...     what it says of these names
 *	dump -t FILE          how long a look-up takes, over all names
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "index/index.h"

static struct klpcc_index *file;

static void must(struct klpcc_error *err)
{
	if (!err)
		return;
	fprintf(stderr, "%s\n", err->message);
	exit(1);
}

static const char *object_name(uint32_t number)
{
	struct klpcc_index_object object;

	must(klpcc_index_object(file, number, &object));
	return object.name;
}

static void print_objects(void)
{
	struct klpcc_index_object object;

	for (uint32_t i = 0; i < klpcc_index_objects(file); i++) {
		must(klpcc_index_object(file, i, &object));
		printf("object %u %s ", i, object.name);
		for (size_t k = 0; k < object.build_id_size; k++)
			printf("%02x", object.build_id[k]);
		printf("%s%s%s\n", object.build_id_size ? "" : "-",
		       object.seals_known ? " seals" : "",
		       object.places_known ? " places" : "");
	}
}

static void print_symbol(uint32_t number)
{
	struct klpcc_index_symbol symbol;

	must(klpcc_index_symbol(file, number, &symbol));
	printf("symbol %s %s,%u %c type %u binding %u ", object_name(symbol.object),
	       symbol.name, symbol.sympos, symbol.kallsyms_type, symbol.type,
	       symbol.binding);
	if (symbol.has_address)
		printf("%llx", (unsigned long long)symbol.address);
	else
		putchar('-');
	printf("%s%s%s%s %s\n", symbol.init ? " init" : "",
	       symbol.sealed ? " sealed" : "", symbol.patchable ? " patchable" : "",
	       symbol.part ? " part" : "", symbol.source ? symbol.source : "-");
}

static void print_name(const struct klpcc_index_name *name)
{
	struct klpcc_index_export export_;

	for (uint32_t i = 0; i < name->symbols; i++)
		print_symbol(name->first_symbol + i);
	for (uint32_t i = 0; i < name->exports; i++) {
		must(klpcc_index_name_export(file, name, i, &export_));
		printf("export %s %s %s %s", object_name(export_.object), export_.name,
		       export_.gpl ? "gpl" : "any",
		       export_.namespace_ ? export_.namespace_ : "-");
		if (export_.has_crc)
			printf(" 0x%08x", export_.crc);
		putchar('\n');
	}
}

static void print_all(void)
{
	static const char *const kallsyms[] = {
		[KLPCC_INDEX_KALLSYMS_ALL_UNKNOWN] = "unknown",
		[KLPCC_INDEX_KALLSYMS_ALL_NO] = "code",
		[KLPCC_INDEX_KALLSYMS_ALL_YES] = "all",
	};
	struct klpcc_index_name name;

	printf("release %s\n", klpcc_index_release(file));
	printf("kallsyms %s\n", kallsyms[klpcc_index_kallsyms_all(file)]);
	printf("machine %u\n", klpcc_index_machine(file));
	printf("vermagic %s\n",
	       klpcc_index_vermagic(file) ? klpcc_index_vermagic(file) : "-");
	print_objects();
	for (uint32_t i = 0; i < klpcc_index_names(file); i++) {
		must(klpcc_index_name_at(file, i, &name));
		print_name(&name);
	}
}

/* Looks every name up, in an order that jumps about. */
static void print_time(void)
{
	uint32_t names = klpcc_index_names(file), number = 0;
	struct timespec start, end;
	double seconds;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
	for (uint32_t i = 0; i < names; i++) {
		struct klpcc_index_name name, found;
		bool is_there;

		number = (number + 982451653u) % names;
		must(klpcc_index_name_at(file, number, &name));
		must(klpcc_index_find_name(file, name.name, strlen(name.name), &is_there,
					   &found));
		if (!is_there || found.name != name.name)
			exit(1);
	}
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
	seconds = (double)(end.tv_sec - start.tv_sec) +
		  (double)(end.tv_nsec - start.tv_nsec) / 1e9;
	printf("names %u nanoseconds %.0f\n", names, seconds * 1e9 / names);
}

int main(int argc, char **argv)
{
	bool timing = argc == 3 && !strcmp(argv[1], "-t");

	if (argc < 2)
		return 2;
	must(klpcc_index_open(argv[timing ? 2 : 1], &file));
	if (timing)
		print_time();
	else if (argc == 2)
		print_all();
	for (int i = 2; !timing && i < argc; i++) {
		struct klpcc_index_name name;
		bool found;

		must(klpcc_index_find_name(file, argv[i], strlen(argv[i]), &found,
					   &name));
		if (found)
			print_name(&name);
		else
			printf("nothing %s\n", argv[i]);
	}
	klpcc_index_close(file);
	return 0;
}
