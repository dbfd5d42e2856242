/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Redirect: changes in the code of a unit that is reduced.
 */
#ifndef KLPCC_REDIRECT_H
#define KLPCC_REDIRECT_H

#include "unit.h"

/*
 * Makes the addresses of a function that the unit takes, in code and in initializers, those of the
 * external declaration `other`. Direct calls stay as they are.
 */
void klpcc_redirect_addresses(cgraph_node *node, tree other);

/*
 * Makes code take the branches on tracepoints that vmlinux does not have for switched off,
 * and warns of them: the kernel reads __jump_table before a module's symbols can be
 * resolved.
 */
void klpcc_silence_tracepoints(struct klpcc_unit *unit);

#endif
