// SPDX-License-Identifier: GPL-2.0-or-later
#include "../../lib/module.h"

MODULE("kvm_intel");

STATIC_FUNCTION(in_kvm)
