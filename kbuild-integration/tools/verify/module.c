// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>
#include "verify-private.h"

struct klpcc_error *klpcc_verify_module(struct klpcc_verify *verify)
{
	const char *value;
	struct klpcc_error *err;

	err = klpcc_elf_modinfo(verify->elf, "livepatch", &value);
	if (!err)
		verify->livepatch = value != NULL;
	return err;
}
