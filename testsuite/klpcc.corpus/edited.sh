# SPDX-License-Identifier: GPL-2.0-or-later
#
# What the guest does with kernels of edited.list, after guest.sh: in each form it loads the patches,
# calls their functions, and calls the original ones when the patches are gone. What is in mainline form
# needs no resolver. edited.exp judges.

call_version() { cat /proc/version; }
call_processor() { cat /proc/cpuinfo; }

# The original function writes what the replacement reads.
call_binfmt_misc() {
	cat /tmp/binfmt/status && echo 0 >/tmp/binfmt/status && cat /tmp/binfmt/status &&
		echo 1 >/tmp/binfmt/status
}
call_kobject_example() {
	echo 7 >/sys/kernel/kobject_example/foo && cat /sys/kernel/kobject_example/foo
}

leave() {
	# Without its filter it would trace all functions.
	echo nop >$tracing/current_tracer
	for patch in $patches; do
		unpatch $(name_of $patch) || return
	done
}

# FORM
run_and_leave() {
	run_form $1
	section $1-leave leave
	for name in $calls; do
		section $1-original-$name call_$name
	done
}

section targets load_targets
mkdir /tmp/binfmt
section mount mount -t binfmt_misc none /tmp/binfmt
section resolver insmod klpcc_resolver.ko
run_and_leave object
section resolver-leaves rmmod klpcc_resolver
run_and_leave mainline
