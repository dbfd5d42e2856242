# SPDX-License-Identifier: GPL-2.0-or-later
# The static key of a module.
sed -i 's/^extern.*/#include <klpcc.h>\n#include <linux\/jump_label.h>\nextern struct static_key_false kvm_has_noapic_vcpu klp_object("kvm");/
	s/return uptime_proc_show(m, v);/return static_branch_unlikely(\&kvm_has_noapic_vcpu);/' patch.c
make
