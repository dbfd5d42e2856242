// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The verifier: source lines of findings, from the module's debug information. It is opened
 * when the first finding asks: a module that loads costs nothing.
 */
#include <stdlib.h>

#include "../kernel/read-dwarf.h"
#include "verify-private.h"

/* A module is judged the same without: where there is none, or no libdw, lines are not told. */
static void open_debug(struct klpcc_verify *verify)
{
	struct klpcc_error *err;

	verify->debug_asked = true;
	if (!klpcc_has_dwarf(verify->elf))
		return;
	err = klpcc_dwarf_load();
	if (!err)
		err = klpcc_dwarf_open(verify->elf, &verify->debug);
	klpcc_error_free(err);
}

char *klpcc_verify_source(struct klpcc_verify *verify,
			  const struct klpcc_elf_section *relocated, uint64_t offset)
{
	if (!verify->debug_asked)
		open_debug(verify);
	return verify->debug ? klpcc_dwarf_find_place(verify->debug, relocated, offset)
			     : NULL;
}

void klpcc_verify_close_source(struct klpcc_verify *verify)
{
	klpcc_dwarf_close(verify->debug);
}
