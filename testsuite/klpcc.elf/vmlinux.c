// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The reader of a vmlinux with its symbol table: what the index then says of vmlinux.s, and
 * what it refuses. argv[1]: the directory with the linked files.
 */
#include "../lib/unit.h"
#include "elf/elf.h"
#include "index/index.h"
#include "kernel/read-elf.h"
#include "lib/file.h"

#define INDEX "out.klpidx"

struct expected {
	const char *name;
	char letter;
	uint32_t sympos;
	uint8_t type, binding;
	const char *source;
};

#define FIRST "kernel/first.c"
#define LATE "kernel/late.c"

static const struct expected expected_symbols[] = {
	/* Per-cpu symbols count as absolute, the two ends of their range included. */
	{ "__per_cpu_start", 'A', 0, STT_NOTYPE, STB_GLOBAL, NULL },
	{ "per_cpu_count", 'A', 0, STT_OBJECT, STB_LOCAL, LATE },
	{ "__per_cpu_end", 'A', 0, STT_NOTYPE, STB_GLOBAL, NULL },
	{ "_stext", 'T', 0, STT_NOTYPE, STB_GLOBAL, NULL },
	{ "global_call", 'T', 0, STT_FUNC, STB_GLOBAL, NULL },
	{ "local_call", 't', 0, STT_FUNC, STB_LOCAL, LATE },
	/* By address: the symbol table has them the other way round. */
	{ "twice", 't', 1, STT_FUNC, STB_LOCAL, FIRST },
	{ "twice", 't', 2, STT_FUNC, STB_LOCAL, LATE },
	{ "weak_call", 'W', 0, STT_FUNC, STB_WEAK, NULL },
	{ "linux_banner", 'R', 0, STT_NOTYPE, STB_GLOBAL, NULL },
	{ "__ksymtab_global_call", 'r', 0, STT_NOTYPE, STB_LOCAL, LATE },
	{ "global_data", 'D', 0, STT_OBJECT, STB_GLOBAL, NULL },
	{ "weak_data", 'V', 0, STT_OBJECT, STB_WEAK, NULL },
	{ "local_bss", 'b', 0, STT_OBJECT, STB_LOCAL, LATE },
};

#define EXPECTED (sizeof(expected_symbols) / sizeof(expected_symbols[0]))

static const char *linked;

static const char *path_of(const char *name)
{
	static char path[4096];

	snprintf(path, sizeof(path), "%s/%s", linked, name);
	return path;
}

static struct klpcc_error *make_index(const char *path)
{
	struct klpcc_target *target;
	struct klpcc_error *err;

	must(klpcc_target_create(&target));
	err = klpcc_read_vmlinux(target, path);
	if (!err)
		err = klpcc_target_write(target, INDEX);
	klpcc_target_destroy(target);
	return err;
}

static bool same_text(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

static void check_symbols(const struct klpcc_index *index)
{
	bool seen[EXPECTED] = { false };

	check(klpcc_index_symbols(index) == EXPECTED, "%u symbols",
	      klpcc_index_symbols(index));
	for (uint32_t i = 0; i < klpcc_index_symbols(index); i++) {
		struct klpcc_index_symbol symbol;
		size_t k = 0;

		must(klpcc_index_symbol(index, i, &symbol));
		for (; k < EXPECTED; k++) {
			const struct expected *wanted = &expected_symbols[k];

			if (!seen[k] && !strcmp(symbol.name, wanted->name) &&
			    symbol.sympos == wanted->sympos &&
			    symbol.kallsyms_type == wanted->letter &&
			    symbol.type == wanted->type &&
			    symbol.binding == wanted->binding && symbol.has_address &&
			    same_text(symbol.source, wanted->source))
				break;
		}
		if (check(k < EXPECTED, "%s %c: position %u, type %u, source %s",
			  symbol.name, symbol.kallsyms_type, symbol.sympos, symbol.type,
			  symbol.source ? symbol.source : "none"))
			seen[k] = true;
	}
}

static bool is_one_of(const char *name, const char *const *names)
{
	while (*names && strcmp(name, *names))
		names++;
	return *names;
}

/* only: every name that it has, or NULL; sealed: the names of all that are. Both end in NULL. */
static void check_kernel(const char *path, enum klpcc_index_kallsyms_all kallsyms,
			 uint32_t symbols, const char *const *only,
			 const char *const *sealed)
{
	struct klpcc_index_object object;
	struct klpcc_index *index;

	must(make_index(path));
	must(klpcc_index_open(INDEX, &index));
	must(klpcc_index_object(index, KLPCC_INDEX_VMLINUX, &object));
	check(object.seals_known, "%s: nothing is known of seals", path);
	check(klpcc_index_kallsyms_all(index) == kallsyms, "%s: kallsyms_all %d", path,
	      klpcc_index_kallsyms_all(index));
	check(klpcc_index_symbols(index) == symbols, "%s: %u symbols", path,
	      klpcc_index_symbols(index));
	for (uint32_t i = 0; i < klpcc_index_symbols(index); i++) {
		struct klpcc_index_symbol symbol;

		must(klpcc_index_symbol(index, i, &symbol));
		check(!only || is_one_of(symbol.name, only), "%s: %s", path, symbol.name);
		check(symbol.sealed == is_one_of(symbol.name, sealed),
		      "%s: %s: sealed %d", path, symbol.name, symbol.sealed);
	}
	klpcc_index_close(index);
}

static void refused(const char *path, const char *expected)
{
	struct klpcc_error *err = make_index(path);

	if (check(err, "%s is accepted", path))
		check(strstr(err->message, expected) &&
			      !strncmp(err->message, path, strlen(path)),
		      "%s", err->message);
	klpcc_error_free(err);
}

static void test_kernels(void)
{
	/* Of two at the end of the code, the build keeps its mark. */
	static const char *const code[] = { "_stext",     "global_call", "local_call",
					    "twice",      "weak_call",   "_etext",
					    "_sinittext", "start",       "_einittext",
					    NULL };
	static const char *const none[] = { NULL };
	/* The second one is at the address of the first. */
	static const char *const sealed[] = { "_stext", "global_call", "local_call",
					      NULL };

	test_begin("a kernel without CONFIG_KALLSYMS_ALL names its code");
	check_kernel(path_of("code"), KLPCC_INDEX_KALLSYMS_ALL_NO, 10, code, none);
	check_kernel(path_of("sealed-code"), KLPCC_INDEX_KALLSYMS_ALL_NO, 10, code,
		     sealed);
	test_end();
	test_begin("functions that lost their ENDBR");
	check_kernel(path_of("vmlinux"), KLPCC_INDEX_KALLSYMS_ALL_YES, EXPECTED, NULL,
		     none);
	check_kernel(path_of("sealed"), KLPCC_INDEX_KALLSYMS_ALL_YES, EXPECTED, NULL,
		     sealed);
	refused(path_of("sealed-odd"),
		".ibt_endbr_seal: 0x9 bytes are not a whole number of entries");
	test_end();
}

static void check_rest(const struct klpcc_index *index)
{
	static const unsigned char id[] = { 0xca, 0xfe, 0xf0, 0x0d };
	struct klpcc_index_export export;
	struct klpcc_index_object object;
	struct klpcc_index_name found;
	bool known;

	check(!strcmp(klpcc_index_release(index), "6.1.0-test"), "release %s",
	      klpcc_index_release(index));
	must(klpcc_index_object(index, KLPCC_INDEX_VMLINUX, &object));
	check(object.build_id_size == sizeof(id) &&
		      !memcmp(object.build_id, id, sizeof(id)),
	      "build id of %zu bytes", object.build_id_size);
	must(klpcc_index_find_name(index, "global_call", 11, &known, &found));
	if (!check(known && found.exports == 1, "global_call is not exported"))
		return;
	must(klpcc_index_name_export(index, &found, 0, &export));
	check(export.gpl && same_text(export.namespace_, "module:kvm,kvm-amd"),
	      "global_call: GPL-only %d, namespace %s", export.gpl,
	      export.namespace_ ? export.namespace_ : "none");
}

static void test_damaged(void)
{
	struct klpcc_buffer whole, copy;
	size_t refusals = 0, rounds = 0;

	test_begin("damage anywhere is refused or read");
	must(klpcc_file_read(path_of("vmlinux"), &whole));
	copy = (struct klpcc_buffer){ malloc(whole.size), whole.size };
	if (!copy.data)
		exit(1);
	for (size_t i = 0; i < whole.size; i++) {
		struct klpcc_error *err;
		FILE *file;

		/* The padding between pages says nothing. */
		if (!whole.data[i] && i > 64 && i + 64 < whole.size &&
		    !whole.data[i - 32] && !whole.data[i + 32])
			continue;
		memcpy(copy.data, whole.data, whole.size);
		copy.data[i] ^= 0xff;
		file = fopen("damaged", "wb");
		if (!file || fwrite(copy.data, 1, copy.size, file) != copy.size ||
		    fclose(file))
			exit(1);
		err = make_index("damaged");
		rounds++;
		refusals += err != NULL;
		klpcc_error_free(err);
	}
	check(refusals > 300 && refusals < rounds, "%zu of %zu refused", refusals,
	      rounds);
	klpcc_buffer_deinit(&whole);
	klpcc_buffer_deinit(&copy);
	test_end();
}

int main(int argc, char **argv)
{
	struct klpcc_index *index;

	if (argc != 2)
		return 2;
	linked = argv[1];
	test_begin("what kallsyms has, in which place and under which letter");
	must(make_index(path_of("vmlinux")));
	must(klpcc_index_open(INDEX, &index));
	check_symbols(index);
	test_end();
	test_begin("exports, build id, release");
	check_rest(index);
	klpcc_index_close(index);
	test_end();
	test_begin("not a kernel that can be counted");
	refused(path_of("stripped"), "has no symbol table; use --image to read its");
	refused(path_of("miscounted"),
		"has 14 symbols, 0 of them code, but its kallsyms has 12");
	refused(path_of("vmlinux.o"), "not a linked kernel");
	refused("/proc/self/exe", "has no symbol kallsyms_num_syms");
	test_end();
	test_kernels();
	test_damaged();
	return test_status;
}
