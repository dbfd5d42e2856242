/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The test of a livepatch: the kernel that it is for is booted in qemu, and a script of the user's
 * is run there before the livepatch is loaded, with it, and after it.
 */
#ifndef KLPCC_PATCH_TRY_H
#define KLPCC_PATCH_TRY_H

#include "patch.h"

/*
 * Whether what the test needs is on this machine, before anything is made: the script, and the
 * programs that boot a guest. Does nothing if no test is asked for, as the next function.
 */
struct klpcc_error *
klpcc_patch_can_try(const struct klpcc_patch_request *request) KLPCC_MUST_CHECK;

/*
 * Runs the test with the module of patch, and prints on standard output what it printed, unless
 * quiet. Its console and its output are kept in patch->output. Fails when the module, or one that
 * it is for, does not load or the livepatch does not unload; when the script fails with the
 * livepatch, or ends with another status after it than before it; when the kernel complains; and
 * when the guest hangs. A signal that would end this process ends the guest first.
 */
struct klpcc_error *klpcc_patch_try(const struct klpcc_patch_request *request,
				    const struct klpcc_patch *patch) KLPCC_MUST_CHECK;

#endif
