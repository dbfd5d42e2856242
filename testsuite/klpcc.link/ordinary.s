# SPDX-License-Identifier: GPL-2.0-or-later
# An ordinary module, such as stands beside the livepatches of it: not touched, whatever its
# kernel can do for livepatches.
#
# { unchanged }
	.include "module.inc"
	modinfo	"license=GPL"
	modinfo	"vermagic=5.4.0-klpcc SMP preempt mod_unload modversions "
	call	_printk
	.data
	.quad	klp_shadow_get
