# SPDX-License-Identifier: GPL-2.0-or-later
# Patch tables that the kernel could not use: one file each, and all of them in one build.
wrong() {
	sed "s/$2/$3/" patch.c >"$1.c"
	echo "obj-m += $1.o" >>Kbuild
}
: >Kbuild
function='"version_proc_show"'
wrong clone "$function" '"cpu_show_common"'
wrong module "$function" '"bm_status_read"'
wrong twice "$function" '"m_show"'
wrong init "$function" '"proc_uptime_init"'
wrong notrace "$function" '"do_syscall_64"'
wrong dash '{ .funcs = funcs }' '{ .name = "kvm-intel", .funcs = funcs }'
wrong vmlinux '{ .funcs = funcs }' '{ .name = "vmlinux", .funcs = funcs }'
wrong unknown '{ .funcs = funcs }' '{ .name = "no_such_module", .funcs = funcs }'
make -k
