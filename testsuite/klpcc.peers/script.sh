# SPDX-License-Identifier: GPL-2.0-or-later
#
# What the guest with the kernel of kernels/peer does with klp-build's modules, section by section
# (boot/guest.sh); peers.exp judges each.

load() { insmod $1.ko && settled $(echo $1 | tr - _); }
foo() {
	[ -z "$1" ] || echo $1 >/sys/kernel/kobject_example/foo
	cat /sys/kernel/kobject_example/foo
}
formats() {
	mkdir -p /tmp/formats
	mount -t binfmt_misc none /tmp/formats
	cat /tmp/formats/status
	umount /tmp/formats
}

vmlinux() {
	load peer-vmlinux || return 1
	cat /proc/filesystems /proc/modules
}
vmlinux_leaves() {
	unpatch peer_vmlinux || return 1
	cat /proc/filesystems
}
section vmlinux vmlinux
section vmlinux-leaves vmlinux_leaves

# One module is there before the patch, the other one comes later.
module() {
	insmod kobject-example.ko || return 1
	load peer-module || return 1
	foo 5
	insmod binfmt_misc.ko && formats
}
module_again() {
	rmmod kobject_example && insmod kobject-example.ko && foo 6
}
module_leaves() {
	unpatch peer_module && foo 7
	formats
}
section module module
section module-again module_again
section module-leaves module_leaves

# A livepatch of klp-build takes the place of all others.
replaces() {
	load peer-vmlinux || return 1
	load peer-module || return 1
	foo 8
	cat /proc/filesystems
	rmmod peer_vmlinux && unpatch peer_module
}
section replaces replaces

section untraced load peer-untraced
section absent load peer-absent
section position load peer-position
section coming-there load peer-coming

# A livepatch whose symbol its module does not have loads without the module, and keeps that out.
coming() {
	rmmod kobject_example || return 1
	load peer-coming || return 1
	insmod kobject-example.ko && return 1
	unpatch peer_module || return 1
	insmod kobject-example.ko && foo 9
}
section coming coming
