# SPDX-License-Identifier: GPL-2.0-or-later
#
# What the guest does (boot/guest.sh); s390.exp judges each section.

parameter() { cat /sys/module/$1/parameters/$2; }
load() { insmod $1 && settled livepatch_slots; }
slots() { parameter livepatch_slots addresses && parameter livepatch_slots plain; }
far() { parameter klpcc_far get && parameter klpcc_far where; }
contents() { parameter livepatch_slots contents | sed "s/^/$1 /"; }
# The module comes back at another address, with another value: while it was away, another one was
# loaded or unloaded.
again() {
	parameter klpcc_far where
	contents before
	rmmod klpcc_far && contents away && $2 && insmod klpcc_far.ko far_data=$1 && far
	contents after
}
# Too long for the console.
many() {
	insmod livepatch-many-$1.ko && sed "s/^/$1 /" /proc/klpcc_many >>/tmp/many &&
		rmmod livepatch_many
}
# One form: FORM.
form() {
	insmod klpcc_far.ko far_data=100
	section $1-load load livepatch-slots-$1.ko
	section $1-vmlinux slots
	section $1-module far
	section $1-again again 200 "insmod klpcc_pad.ko"
	section $1-again-2 again 300 "rmmod klpcc_pad"
	section $1-unload unpatch livepatch_slots
	rmmod klpcc_far
	section $1-late load livepatch-slots-$1.ko
	insmod klpcc_far.ko far_data=400
	section $1-late-module far
	section $1-late-unload unpatch livepatch_slots
	section $1-original parameter klpcc_far get
	rmmod klpcc_far
	if [ -e livepatch-many-$1.ko ]; then
		section $1-many many $1
	fi
}
section mitigation cat /sys/devices/system/cpu/vulnerabilities/spectre_v2
section kallsyms grep -E ' (nr_processes|saved_command_line)$' /proc/kallsyms
form mainline
section resolver insmod klpcc_resolver.ko
form object
# The kernel refuses one of its relocations when it has filled a slot for another.
halfway() {
	load livepatch-halfway.ko || return
	insmod klpcc_far.ko
	echo "insmod $?"
	contents after
	unpatch livepatch_slots
}
section halfway halfway
section end rmmod klpcc_resolver
section sent send /tmp/many
[ ! -e /proc/lockdep_stats ] || section lockdep grep debug_locks /proc/lockdep_stats
