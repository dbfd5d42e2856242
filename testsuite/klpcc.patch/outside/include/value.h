/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Counts calls: all steps until now.
 */
#ifndef KLPCC_OUTSIDE_VALUE_H
#define KLPCC_OUTSIDE_VALUE_H

int outside_value(int step);

#endif
