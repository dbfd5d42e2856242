/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The types that the kernel of the tests describes, when it describes any. */
#include "livepatch.h"

struct klp_patch type_patch;
struct klp_object type_object;
struct klp_func type_func;
