// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Prints what the index holds of modules as /proc/kallsyms shows it once they are loaded,
 * the addresses apart: "LETTER NAME\t[MODULE]", in the kernel's order; or with -p only what
 * ftrace can redirect.
 */
#include <stdio.h>
#include <string.h>

#include "kernel/module.h"

int main(int argc, char **argv)
{
	bool patchable = argc > 1 && !strcmp(argv[1], "-p");

	for (int i = patchable ? 2 : 1; i < argc; i++) {
		struct klpcc_module module;
		struct klpcc_error *err;

		err = klpcc_module_init(argv[i], &module);
		if (err) {
			fprintf(stderr, "%s\n", err->message);
			return 1;
		}
		for (size_t k = 0; k < module.symbol_count; k++)
			if (module.symbols[k].counted &&
			    (!patchable || module.symbols[k].patchable))
				printf("%c %s\t[%s]\n", module.symbols[k].kallsyms_type,
				       module.symbols[k].name, module.name);
		klpcc_module_deinit(&module);
	}
	return 0;
}
