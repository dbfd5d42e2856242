# SPDX-License-Identifier: GPL-2.0-or-later
#
# What the guest does, section by section (testsuite/boot/guest.sh); boot.exp judges each.
# Wherever there is a way, user space shows its own view of the same thing beside the patch's.

feature() {
	echo $1 >/sys/module/livepatch_features/parameters/feature
	cat /proc/version
}
load() { insmod $1.ko && settled $(echo $1 | tr - _); }

symbols() {
	grep -E " ($(echo $* | tr ' ' '|'))\$" /proc/kallsyms
}
section kallsyms symbols filesystems_proc_show saved_command_line acct_parm \
	defrag_show nr_processes process_counts

section version-before cat /proc/version
section load load livepatch-features

call() {
	feature call >/tmp/a
	cat /proc/filesystems >/tmp/b
	cmp /tmp/a /tmp/b && echo "lines $(wc -l </tmp/a)"
}
section call call
section address feature address
variable() {
	echo 5 6 7 >/proc/sys/kernel/acct
	echo "read $(feature variable)"
	echo "sysctl $(cat /proc/sys/kernel/acct)"
	echo 30 31 32 >/proc/sys/kernel/acct
	echo "again $(feature variable)"
	echo "sysctl again $(cat /proc/sys/kernel/acct)"
	echo 4 2 30 >/proc/sys/kernel/acct
}
section variable variable
data() {
	echo 1 22 333 >/proc/sys/kernel/acct
	feature data
	echo 4 2 30 >/proc/sys/kernel/acct
}
section data data

schedstats() {
	echo $1 >/proc/sys/kernel/sched_schedstats
	feature key
}
section key-off schedstats 0
section key-on schedstats 1
section key-off-again schedstats 0

percpu() {
	set -- /proc/[0-9]*
	echo "seen $#"
	feature percpu
}
section percpu percpu
duplicate() {
	feature duplicate
	echo "sysfs 1 $(cat /sys/kernel/mm/transparent_hugepage/defrag)"
	echo "sysfs 2 $(cat /sys/kernel/mm/transparent_hugepage/khugepaged/defrag)"
}
section duplicate duplicate
asm() {
	echo 1 >/proc/sys/kernel/sched_child_runs_first
	feature asm
	echo 0 >/proc/sys/kernel/sched_child_runs_first
	feature asm | sed 's/first/first_off/'
}
section asm asm
section immediate feature immediate
section sections feature sections
section alternative feature alternative

leave_with() {
	echo $1 >/sys/module/livepatch_features/parameters/noreturn_code
	sync
	echo "$2 $?"
}
noreturn() {
	leave_with 0 off
	leave_with 7 exit
	leave_with -9 signal
	leave_with 0 again
}
section noreturn noreturn

section unload unpatch livepatch_features
section version-after cat /proc/version

# A key that is on before the module comes.
key_first() {
	echo 1 >/proc/sys/kernel/sched_schedstats
	load livepatch-features && feature key
	echo 0 >/proc/sys/kernel/sched_schedstats
	feature key | sed 's/likely/likely_off/'
	unpatch livepatch_features
}
section key-before-load key_first

status=/tmp/binfmt/status
mkdir /tmp/binfmt
gated() {
	load livepatch-gated || return 1
	grep -q binfmt_misc /proc/modules && return 2
	insmod ts_kmp.ko || return 4
	insmod binfmt_misc.ko && mount -t binfmt_misc none /tmp/binfmt || return 3
	echo "kallsyms entries $(grep ' entries.\[binfmt_misc\]' /proc/kallsyms)"
	echo "kallsyms ops $(grep ' kmp_ops.\[ts_kmp\]' /proc/kallsyms)"
	cat $status
	echo 0 >$status
	sed 's/enabled/disabled/' $status
}
section gated-before-target gated
section gated-unload unpatch livepatch_gated
section gated-original cat $status
again() {
	echo 1 >$status
	load livepatch-gated && cat $status
}
section gated-after-target again
leave() {
	unpatch livepatch_gated && umount /tmp/binfmt && rmmod binfmt_misc ts_kmp
}
section gated-leave leave

refuse() {
	insmod $1.ko
	echo "insmod $?"
	grep "^$(echo $1 | tr - _) " /proc/modules
	[ $? = 1 ]
}
section bad-missing refuse bad-missing
section bad-position refuse bad-position
section bad-ambiguous refuse bad-ambiguous
section bad-good insmod bad-good.ko
section bad-unlinked insmod bad-unlinked.ko
section version-end cat /proc/version
