// SPDX-License-Identifier: GPL-2.0-or-later
/* The Kbuild compiles it with -DNATURAL. */
#include "livepatch-labels.c"
