// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The verifier: opens the module and runs the checks, in the order in which the kernel comes to
 * what they look at: see verify.h.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "../lib/decompress.h"
#include "verify-private.h"

/* "6.1.0-56-amd64" is 6.1; 0 for what does not begin with two numbers. */
static unsigned int read_kernel(const char *release)
{
	unsigned int major, minor;

	if (sscanf(release, "%3u.%3u", &major, &minor) != 2 || minor > UINT8_MAX)
		return 0;
	return KLPCC_KERNEL(major, minor);
}

/*
 * The kernel reads a file in less detail than klpcc does: what it would have refused was found
 * before, so a file that cannot be read here is one of which nothing is known.
 */
static struct klpcc_error *open_module(struct klpcc_verify *verify, const char *label,
				       const void *data, size_t size)
{
	struct klpcc_error *err;

	err = klpcc_elf_open_memory(label, data, size, &verify->elf);
	if (!err)
		err = klpcc_elf_symbols(verify->elf, &verify->symbols,
					&verify->symbol_count);
	return err;
}

static struct klpcc_error *run_checks(struct klpcc_verify *verify)
{
	static struct klpcc_error *(*const checks[])(struct klpcc_verify *) = {
		klpcc_verify_module,      klpcc_verify_imports, klpcc_verify_klp,
		klpcc_verify_relocations, klpcc_verify_table,
	};
	struct klpcc_error *err = NULL;

	for (size_t i = 0; !err && i < sizeof(checks) / sizeof(checks[0]); i++)
		err = klpcc_verify_unread(verify, KLPCC_CHECK_FILE, checks[i](verify));
	return err;
}

static enum klpcc_verdict judge(const struct klpcc_verify_result *result)
{
	enum klpcc_verdict verdict = KLPCC_VERDICT_LOADS;

	for (size_t i = 0; i < result->count; i++) {
		if (result->findings[i].kind == KLPCC_FINDING_FAILS)
			return KLPCC_VERDICT_REFUSED;
		if (result->findings[i].kind == KLPCC_FINDING_UNSURE)
			verdict = KLPCC_VERDICT_UNKNOWN;
	}
	return verdict;
}

struct klpcc_error *klpcc_verify_memory(const struct klpcc_verify_options *options,
					const char *label, const void *data, size_t size,
					struct klpcc_verify_result *ret)
{
	struct klpcc_verify_result result = { .form = "none" };
	struct klpcc_verify verify = {
		.options = options,
		.index = options->index,
		.kernel = read_kernel(klpcc_index_release(options->index)),
		.result = &result,
	};
	bool refused = false;
	struct klpcc_error *err;

	err = klpcc_verify_file(&verify, data, size, &refused);
	if (!err && !refused)
		err = klpcc_verify_klp_sections(&verify, data);
	if (!err && !refused) {
		err = open_module(&verify, label, data, size);
		if (err)
			err = klpcc_verify_unread(&verify, KLPCC_CHECK_FILE, err);
		else
			err = run_checks(&verify);
	}
	klpcc_source_close(&verify.source);
	free(verify.uses);
	klpcc_verify_close_klp(&verify);
	klpcc_elf_close(verify.elf);
	if (err) {
		klpcc_verify_result_deinit(&result);
		return err;
	}
	result.verdict = judge(&result);
	*ret = result;
	return NULL;
}

struct klpcc_error *klpcc_verify(const struct klpcc_verify_options *options,
				 struct klpcc_verify_result *ret)
{
	struct klpcc_buffer buffer;
	struct klpcc_error *err;

	err = klpcc_file_read_unpacked(options->path, &buffer);
	if (err)
		return err;
	err = klpcc_verify_memory(options, options->path, buffer.data, buffer.size, ret);
	klpcc_buffer_deinit(&buffer);
	return err;
}
