/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which functions a fix replaces: those whose code differs, and where the kernel cannot redirect
 * one of them, those that call it.
 */
#ifndef KLPCC_PATCH_DECIDE_H
#define KLPCC_PATCH_DECIDE_H

#include "../match/against.h"
#include "../plan/plan.h"
#include "patch.h"

/*
 * Adds to the unit's choices. original: what is known of the file as it was; against: what
 * differs. Where data differs, that is the unit's refusal. Fails when a function differs that no
 * livepatch can bring to the kernel, and when none does, unless the unit has callbacks.
 */
struct klpcc_error *klpcc_patch_decide(const struct klpcc_plan *original,
				       const struct klpcc_against *against,
				       struct klpcc_patch_unit *unit) KLPCC_MUST_CHECK;

#endif
