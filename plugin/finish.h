/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Finish: the end of a unit, when its assembler text is written.
 */
#ifndef KLPCC_FINISH_H
#define KLPCC_FINISH_H

/* Callback for PLUGIN_FINISH_UNIT; user_data is the struct klpcc_unit. */
void klpcc_finish(void *gcc_data, void *user_data);

#endif
