// SPDX-License-Identifier: GPL-2.0-or-later
/* As the plugin leaves it; the test does not run the final link on it. */
#include "bad.h"
