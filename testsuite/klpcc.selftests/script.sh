# SPDX-License-Identifier: GPL-2.0-or-later
#
# What the guest does: installs the modules, without and with late.h, as the kernel's scripts expect
# them, and runs the scripts, each in a section of its own; selftests.exp judges. machine.tar: the
# scripts want more than busybox has, whose shell prefers its own.

. ./settings
tar xf machine.tar -C / && rm machine.tar
record_programs
export PATH=/sbin:/bin
ln -sf /sbin/stat /bin/stat # A script asks for it by this name.
ln -s /proc/self/fd /dev/fd # For bash.

install_modules() {
	into=/lib/modules/$(uname -r)
	rm -rf $into && mkdir -p $into && tar xf $1.tar -C $into &&
		touch $into/modules.order $into/modules.builtin && /sbin/depmod
}

# The scripts do not expect what the resolver says of relocations that it applies; they see all else
# that it says.
quiet_resolver() {
	mv /sbin/dmesg /sbin/dmesg.all
	cat >/sbin/dmesg <<-'END'
		#!/sbin/bash
		dmesg.all "$@" | grep -vE 'klpcc_resolver: [a-z0-9_]+: [0-9]+ relocations, '
	END
	chmod 755 /sbin/dmesg
}

run() {
	section $FORM/$1/modules install_modules $1
	[ $FORM/$1 != object/plain ] || section $FORM/resolver /sbin/modprobe klpcc_resolver
	for test in test-*.sh; do
		section $FORM/$1/$test bash ./$test
	done
}

# Without ftrace there is no resolver, so that the kernel itself sees the relocations in object form
# and refuses them. What it would do next, which the script is about, it does not come to.
ftrace_off() {
	echo 0 >/proc/sys/kernel/ftrace_enabled
	/sbin/modprobe test_klp_livepatch
	echo "modprobe $?"
	echo 1 >/proc/sys/kernel/ftrace_enabled
	grep -c '^test_klp_livepatch ' /proc/modules
}

# The modules of samples/livepatch, as their sources say.
samples() {
	mkdir /tmp/samples && tar xf samples.tar -C /tmp/samples && cd /tmp/samples || return
	insmod livepatch-shadow-mod.ko && insmod livepatch-callbacks-mod.ko &&
		insmod livepatch-callbacks-busymod.ko || return
	for name in sample shadow-fix1 shadow-fix2 callbacks-demo; do
		patch=$(echo livepatch-$name | tr - _)
		insmod livepatch-$name.ko && settled $patch || return
		cat /proc/cmdline
	done
	for patch in callbacks_demo shadow_fix2 shadow_fix1 sample; do
		unpatch livepatch_$patch || return
	done
	rmmod livepatch_callbacks_busymod livepatch_callbacks_mod livepatch_shadow_mod
}

run plain
if [ $FORM = object ]; then
	quiet_resolver
	rm test-ftrace.sh
fi
run late
section $FORM/samples samples
if [ $FORM = object ]; then
	section $FORM/ftrace-off ftrace_off
	section $FORM/end rmmod klpcc_resolver
fi
