/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a plan, and the observation in it, say that they are. docs/format.md has their members.
 */
#ifndef KLPCC_PLAN_FORMAT_H
#define KLPCC_PLAN_FORMAT_H

#define KLPCC_PLAN_FORMAT "klpcc plan"
#define KLPCC_PLAN_VERSION 1

#define KLPCC_OBSERVATION_FORMAT "klpcc observation"
#define KLPCC_OBSERVATION_VERSION 1

#endif
