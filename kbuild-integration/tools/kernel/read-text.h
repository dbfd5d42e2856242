/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Readers of the text files that a kernel's build and a running kernel provide. Each
 * fills a target; a malformed line is an error "FILE:LINE: what is wrong".
 */
#ifndef KLPCC_READ_TEXT_H
#define KLPCC_READ_TEXT_H

#include <stdbool.h>

#include "../target/target.h"

/*
 * System.map: symbols of vmlinux in the order of their addresses, without those that
 * kallsyms leaves out.
 */
struct klpcc_error *klpcc_read_system_map(struct klpcc_target *target,
					  const char *path) KLPCC_MUST_CHECK;
/* True for the line of prose that Debian installs in place of the map. */
bool klpcc_system_map_is_stub(const char *path);

/*
 * /proc/kallsyms or a copy: symbols of vmlinux and of the modules that were loaded, in the
 * kernel's own order. Addresses of vmlinux are as the file has them (with KASLR: of that
 * boot), and unknown where kptr_restrict shows zeros. Addresses of modules are dropped: they
 * change with every load. A module whose symbols the target has already is passed over. The
 * capital letters of modules' symbols are their exports.
 */
struct klpcc_error *klpcc_read_kallsyms(struct klpcc_target *target,
					const char *path) KLPCC_MUST_CHECK;

/*
 * Module.symvers (5.6 and later: CRC, symbol, object, kind, namespace): exports of vmlinux
 * and of modules. What it lists of vmlinux is all that vmlinux exports: no reader after it
 * adds to that.
 */
struct klpcc_error *klpcc_read_symvers(struct klpcc_target *target,
				       const char *path) KLPCC_MUST_CHECK;

#endif
