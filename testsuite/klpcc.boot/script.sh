# SPDX-License-Identifier: GPL-2.0-or-later
#
# What the guest does, section by section (boot/guest.sh); boot.exp judges each, and puts
# the kernel's settings in front. Wherever there is a way, user space shows its own view of the
# same thing beside the patch's. A section of what is loaded in object form is called object-NAME.

feature() {
	echo $1 >/sys/module/livepatch_features/parameters/feature
	cat /proc/version
}
load() { insmod $1$suffix.ko && settled $(echo $1 | tr - _); }

symbols() {
	grep -E " ($(echo $* | tr ' ' '|'))\$" /proc/kallsyms
}
section kallsyms symbols filesystems_proc_show saved_command_line acct_parm \
	defrag_show nr_processes process_counts

call() {
	feature call >/tmp/a
	cat /proc/filesystems >/tmp/b
	cmp /tmp/a /tmp/b && echo "lines $(wc -l </tmp/a)"
}
variable() {
	echo 5 6 7 >/proc/sys/kernel/acct
	echo "read $(feature variable)"
	echo "sysctl $(cat /proc/sys/kernel/acct)"
	echo 30 31 32 >/proc/sys/kernel/acct
	echo "again $(feature variable)"
	echo "sysctl again $(cat /proc/sys/kernel/acct)"
	echo 4 2 30 >/proc/sys/kernel/acct
}
data() {
	echo 1 22 333 >/proc/sys/kernel/acct
	feature data
	echo 4 2 30 >/proc/sys/kernel/acct
}
schedstats() {
	echo $1 >/proc/sys/kernel/sched_schedstats
	feature key
}
percpu() {
	set -- /proc/[0-9]*
	echo "seen $#"
	feature percpu
}
duplicate() {
	feature duplicate
	echo "sysfs 1 $(cat /sys/kernel/mm/transparent_hugepage/defrag)"
	echo "sysfs 2 $(cat /sys/kernel/mm/transparent_hugepage/khugepaged/defrag)"
}
asm() {
	echo 1 >/proc/sys/kernel/sched_child_runs_first
	feature asm
	echo 0 >/proc/sys/kernel/sched_child_runs_first
	feature asm | sed 's/first/first_off/'
}
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
# A key that is on before the module comes.
key_first() {
	echo 1 >/proc/sys/kernel/sched_schedstats
	load livepatch-features && feature key
	echo 0 >/proc/sys/kernel/sched_schedstats
	feature key | sed 's/likely/likely_off/'
	unpatch livepatch_features
}

# features PREFIX
features() {
	section $1version-before cat /proc/version
	section $1load load livepatch-features
	section $1call call
	section $1address feature address
	section $1variable variable
	section $1data data
	section $1key-off schedstats 0
	section $1key-on schedstats 1
	section $1key-off-again schedstats 0
	section $1percpu percpu
	section $1duplicate duplicate
	section $1asm asm
	section $1immediate feature immediate
	section $1sections feature sections
	section $1alternative feature alternative
	section $1noreturn noreturn
	section $1unload unpatch livepatch_features
	section $1version-after cat /proc/version
	section $1key-before-load key_first
}

status=/tmp/binfmt/status
mkdir /tmp/binfmt
third() { grep " $third_symbol.\[" /proc/kallsyms | sed 's/^/kallsyms third /'; }
own() { cat /sys/module/livepatch_gated/parameters/own; }
target() { insmod binfmt_misc.ko && mount -t binfmt_misc none /tmp/binfmt; }
target_leaves() { umount /tmp/binfmt && rmmod binfmt_misc; }
gated_first() {
	load livepatch-gated || return 1
	grep -q binfmt_misc /proc/modules && return 2
	insmod $third_module.ko || return 4
	target || return 3
	echo "kallsyms entries $(grep ' entries.\[binfmt_misc\]' /proc/kallsyms)"
	third
	cat $status
	own
	echo 0 >$status
	sed 's/enabled/disabled/' $status
}
again() {
	echo 1 >$status
	load livepatch-gated && cat $status
}
# One of two gates goes: what the other one has is not touched.
gate_leaves() { target_leaves && third && own; }
gate_returns() { target && third && cat $status && own; }
# What both gates refer to goes, and comes back elsewhere.
third_leaves() { rmmod $(echo $third_module | tr - _) && cat $status; }
third_returns() { insmod kset-example.ko && insmod $third_module.ko && third && cat $status && own; }
leave() {
	unpatch livepatch_gated && target_leaves && rmmod $(echo $third_module | tr - _)
}

# gated PREFIX
gated() {
	section $1gated-before-target gated_first
	section $1gated-unload unpatch livepatch_gated
	section $1gated-original cat $status
	section $1gated-after-target again
	if $reloads; then
		section $1gated-gate-leaves gate_leaves
		section $1gated-gate-returns gate_returns
		section $1gated-third-leaves third_leaves
		section $1gated-third-returns third_returns
		rmmod kset_example
	fi
	section $1gated-leave leave
}

refuse() {
	insmod $1.ko
	echo "insmod $?"
	grep "^$(echo $1 | tr - _) " /proc/modules
	[ $? = 1 ]
}

features ""
gated ""
# What the patch says of each of its names, against what the kernel says.
forty() {
	for module in crc16 mbcache jbd2 ext4 irqbypass kvm; do
		insmod $module.ko || return 1
	done
	load livepatch-forty || return 2
	cat /sys/module/livepatch_forty/parameters/addresses >/tmp/addresses
	awk 'NR == FNR { at[$2] = $1; next }
		$3 in at && at[$3] "" == $1 "" { agree[$4 ? $4 : "vmlinux"]++; delete at[$3] }
		END { for (object in agree) print object, agree[object]
			for (name in at) print "differs", name, at[name] }' \
		/tmp/addresses /proc/kallsyms
	cat /proc/version
	echo "sysctl threads-max $(cat /proc/sys/kernel/threads-max)"
	unpatch livepatch_forty && cat /proc/version
}
if [ -e livepatch-forty.ko ]; then
	section forty forty
fi

section bad-missing refuse bad-missing
section bad-position refuse bad-position
section bad-ambiguous refuse bad-ambiguous
section bad-good insmod bad-good.ko
section bad-unlinked insmod bad-unlinked.ko
if [ -e klpcc_resolver.ko ]; then
	suffix=-object
	section resolver insmod klpcc_resolver.ko
	features object-
	gated object-
	section resolver-leaves rmmod klpcc_resolver
fi
section version-end cat /proc/version
