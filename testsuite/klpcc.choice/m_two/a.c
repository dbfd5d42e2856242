// SPDX-License-Identifier: GPL-2.0-or-later
#include "../../lib/module.h"

MODULE("m_two");

STATIC_FUNCTION(two_only)
STATIC_FUNCTION(both)
