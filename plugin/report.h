/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Report: what the plugin decided in a unit, as JSON, for people and for programs. The format is
 * in docs/format.md; `klpcc report` reads it.
 *
 * The object is the same with a report and without.
 */
#ifndef KLPCC_REPORT_H
#define KLPCC_REPORT_H

#include "unit.h"

/* Where a report is asked for, registers what removes an old one and writes the new one. */
void klpcc_report_register(struct klpcc_unit *unit);

#endif
