// SPDX-License-Identifier: GPL-2.0-or-later
/* The format module's names, in this module; kbuild compiles what is in its directory. */
#include <../format/klp-name.c>
