/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The vermagic of a kernel, which it compares with that of each module (check_modinfo() of
 * kernel/module/main.c).
 */
#ifndef KLPCC_READ_VERMAGIC_H
#define KLPCC_READ_VERMAGIC_H

#include "../elf/elf.h"
#include "../target/target.h"

/* Looks for it in the loaded segments of a kernel, whose release the target has, and sets it. */
struct klpcc_error *klpcc_read_vermagic(struct klpcc_target *target,
					const struct klpcc_elf *elf) KLPCC_MUST_CHECK;

#endif
