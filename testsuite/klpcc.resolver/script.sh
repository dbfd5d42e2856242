# SPDX-License-Identifier: GPL-2.0-or-later
#
# What the guest does, section by section (boot/guest.sh); resolver.exp judges each.

parameter() { cat /sys/module/$1/parameters/$2; }
load() { insmod $1.ko && settled $(echo $1 | tr - _); }
listing() { cat /sys/kernel/debug/klpcc/modules; }
hooks() { grep -cE '^(klp_apply_section_relocs|klp_module_(coming|going)|module_arch_freeing_init) ' \
	/sys/kernel/debug/tracing/enabled_functions; }
# How many modules say that they use the resolver.
users() { awk '$1 == "klpcc_resolver" { print "users", $3 }' /proc/modules; }


. ./settings
section without insmod livepatch-one.ko

# A livepatch has redirected what the resolver needs.
in_the_way() {
	load livepatch-hook || return
	insmod klpcc_resolver.ko
	echo "insmod $?"
	unpatch livepatch_hook
	hooks
}
section in-the-way in_the_way

section resolver insmod klpcc_resolver.ko
section hooks hooks
section listing-empty listing

# ftrace can be switched off while the resolver serves nobody. The patch that is served here has no
# function that the livepatch core would hold ftrace for.
ftrace() { echo $1 >/proc/sys/kernel/ftrace_enabled; }
attempt() {
	what=$1
	shift
	"$@" && echo "$what done" || echo "$what refused"
}
off() {
	attempt off ftrace 0
	# Newer kernels keep the file, and ftrace is always on.
	[ $(cat /proc/sys/kernel/ftrace_enabled) = 0 ] || return 0
	attempt patch insmod livepatch-places.ko
	rmmod klpcc_resolver
	attempt resolver insmod klpcc_resolver.ko
	attempt on ftrace 1
	attempt resolver insmod klpcc_resolver.ko
	hooks
	attempt off ftrace 0
	attempt on ftrace 1
	attempt patch insmod livepatch-places.ko
	attempt off ftrace 0
	cat /proc/sys/kernel/ftrace_enabled
	rmmod livepatch_places
	attempt off ftrace 0
	attempt on ftrace 1
	hooks
	users
}
section off off

# What somebody else has written to a place stays, and what another gate's section has as well.
written() {
	insmod klpcc_target.ko && insmod livepatch-places.ko || return
	places() { echo "$1 $(parameter livepatch_places other) $(parameter livepatch_places target)"; }
	places empty
	echo 7 >/sys/module/livepatch_places/parameters/other
	insmod klpcc_other.ko
	echo "insmod $?"
	places refused
	echo 0 >/sys/module/livepatch_places/parameters/other
	insmod klpcc_other.ko && places applied
	echo 8 >/sys/module/livepatch_places/parameters/other
	rmmod klpcc_other && places left
	rmmod klpcc_target && places cleared
	rmmod livepatch_places && users
}
section written written

# Everything is there when the patch comes.
there() {
	insmod klpcc_target.ko target_data=41 && insmod klpcc_other.ko && load livepatch-one || return
	cat /proc/cmdline
	parameter klpcc_target get
	parameter livepatch_one other
	listing
	users
}
section there there
section busy rmmod klpcc_resolver

# Reloads, at other addresses: a module of another size is between.
again() {
	rmmod klpcc_target && parameter livepatch_one places && listing || return
	insmod klpcc_target.ko target_data=$1 && parameter klpcc_target get &&
		parameter livepatch_one places
}
section again again 50
section again-2 again 60

# What st_value holds of the livepatch symbols when they have been applied more than once.
symbols() { grep '\.klp\..*livepatch_one' /proc/kallsyms; }
section symbols symbols

gone() { rmmod klpcc_other && parameter livepatch_one places; }
section other-gone gone
back() { insmod klpcc_other.ko other_secret=501 && parameter livepatch_one other; }
section other-back back

# A second patch beside it.
both() {
	echo 'module klpcc_resolver +p' >/sys/kernel/debug/dynamic_debug/control
	load livepatch-two || return
	echo 'module klpcc_resolver -p' >/sys/kernel/debug/dynamic_debug/control
	parameter klpcc_other get
	parameter livepatch_two target
	parameter klpcc_target get
	cat /proc/version /proc/cmdline
	users
}
section two both
leave() { unpatch livepatch_two && users && cat /proc/version; }
section two-leave leave

# Loads that fail when the relocations are applied already.
init_fails() {
	insmod livepatch-fail.ko
	echo "insmod $?"
	listing
	users
}
section init-fails init_fails
refused_late() {
	insmod livepatch-export.ko
	echo "insmod $?"
	listing
	users
}
section refused-late refused_late
gate_fails() {
	rmmod klpcc_target
	insmod klpcc_target.ko fail=1
	echo "insmod $?"
	parameter livepatch_one places
	insmod klpcc_target.ko target_data=60 && parameter klpcc_target get
}
section gate-fails gate_fails

# RELOADS reloads while somebody calls the patched function.
many() {
	(while [ ! -e /tmp/stop ]; do
		cat /sys/module/klpcc_target/parameters/get
		usleep 1000
	done) >/tmp/calls 2>/dev/null &
	n=0
	while [ $n -lt $1 ]; do
		until rmmod klpcc_target 2>/dev/null; do :; done
		insmod klpcc_target.ko target_data=$n || break
		[ "$(parameter klpcc_target get)" = "one $n $((n + 1)) 72 $n" ] || break
		n=$((n + 1))
	done
	touch /tmp/stop
	wait
	echo "reloads $n"
	# The module's own function while it goes.
	echo "calls $(grep -c '^one ' /tmp/calls)"
	grep -vE '^(one|original) ' /tmp/calls | head -n 3
}
section many many $RELOADS

# The other way round: the patch first, its gates later.
late() {
	unpatch livepatch_one && rmmod klpcc_target && rmmod klpcc_other || return
	load livepatch-one && listing && insmod klpcc_target.ko && parameter klpcc_target get
}
section late late
section late-other back

cumulative() {
	load livepatch-all && cat /proc/cmdline && parameter klpcc_target get || return
	rmmod livepatch_one
	hooks
	again_all
}
again_all() { rmmod klpcc_target && insmod klpcc_target.ko target_data=7 && parameter klpcc_target get; }
section cumulative cumulative
bad() {
	insmod $1.ko
	echo "insmod $?"
	grep -c "^$(echo $1 | tr - _) " /proc/modules
	parameter klpcc_target get
	users
}
section bad bad livepatch-bad
section bad-again bad livepatch-bad

# A gate that does not have a symbol is refused; everybody else goes on.
refused() {
	rmmod klpcc_other && insmod livepatch-late.ko || return
	insmod klpcc_other.ko
	echo "insmod $?"
	parameter livepatch_late places
	grep -c "^klpcc_other " /proc/modules
	rmmod livepatch_late && insmod klpcc_other.ko && users
}
section refused refused

# A module in mainline form is the kernel's own business.
section mainline insmod klpcc_mainline.ko
mainline_end() { listing && users && rmmod klpcc_mainline; }
section mainline-end mainline_end

# Both at once, in both directions; which is the first is up to them.
race() {
	rmmod klpcc_target
	n=0
	while [ $n -lt $1 ]; do
		insmod klpcc_target.ko target_data=$n &
		insmod livepatch-two.ko
		wait
		settled livepatch_two && [ "$(parameter livepatch_two target)" = $((n + 2)) ] || break
		rmmod klpcc_target &
		unpatch livepatch_two
		wait
		n=$((n + 1))
	done
	echo "races $n"
	insmod klpcc_target.ko && users
}
section race race 10

# The kernel's tracers look at the same functions.
traced() {
	cd /sys/kernel/tracing || return
	echo 'klp_* module_*' >set_ftrace_filter
	echo function_graph >current_tracer 2>/dev/null || echo function >current_tracer
	cd /guest
	load livepatch-two && parameter livepatch_two target && unpatch livepatch_two
	echo nop >/sys/kernel/tracing/current_tracer
}
section traced traced

end() {
	unpatch livepatch_all
	listing
	users
	rmmod klpcc_resolver && rmmod klpcc_target && rmmod klpcc_other
	hooks
	ls /sys/kernel/debug/klpcc
	cat /proc/cmdline
	attempt off ftrace 0
	attempt on ftrace 1
}
section end end
# All names at once, as for a module that has thousands of them.
section once-more insmod klpcc_resolver.ko scan_from=1
once_more() {
	load livepatch-one && cat /sys/module/klpcc_resolver/parameters/scan_from /proc/cmdline
}
section once-more-load once_more
section once-more-unload unpatch livepatch_one
section once-more-end rmmod klpcc_resolver

# As an administrator does it: kmod reads what the link has written into the patch.
installed() {
	tar xf machine.tar -C / && record_programs || return
	into=/lib/modules/$(uname -r)
	mkdir -p $into && cp klpcc_resolver.ko livepatch-two.ko $into &&
		touch $into/modules.order $into/modules.builtin && /sbin/depmod || return
	/sbin/modprobe livepatch-two && settled livepatch_two && users && cat /proc/version
	unpatch livepatch_two && rmmod klpcc_resolver
}
section modprobe installed

# What the children of this shell have taken of the guest's processor, in milliseconds.
taken() {
	times >/tmp/times
	awk 'NR == 2 { split($2, time, /[ms]/); print time[1] * 60000 + time[2] * 1000 }' /tmp/times
}
# The least that a load takes, of three.
load_taken() {
	least=
	for round in 1 2 3; do
		taken >/tmp/before
		insmod $1.ko
		status=$?
		taken >/tmp/after
		took=$(($(cat /tmp/after) - $(cat /tmp/before)))
		[ -n "$least" ] && [ $least -le $took ] || least=$took
		[ $status = 0 ] || continue
		listing | grep -c " waiting$"
		rmmod $(echo $1 | tr - _) || return
	done
	echo "$1 $least ms"
}
# Of gates, or of objects that are not there.
thousands() {
	insmod klpcc_resolver.ko || return
	for module in gates-5000 gates-20000 objects-5000 objects-20000; do
		load_taken livepatch-$module || return
	done
	users
	rmmod klpcc_resolver
}
[ ! -e livepatch-gates-5000.ko ] || section thousands thousands

# What is allocated and nowhere to be found.
leaks() {
	for n in 1 2; do
		sleep 6
		echo scan >/sys/kernel/debug/kmemleak
	done
	cat /sys/kernel/debug/kmemleak
}

# Each line of `variants` is a change to a good module: NAME OFFSET BYTES [OFFSET BYTES]...
try() {
	name=$1
	cp livepatch-two.ko /tmp/variant.ko
	shift
	while [ $# -gt 0 ]; do
		printf "$2" | dd of=/tmp/variant.ko bs=1 seek=$1 conv=notrunc 2>/dev/null
		shift 2
	done
	echo "variant $name" >/dev/kmsg
	tries=$((tries + 1))
	if insmod /tmp/variant.ko 2>/dev/null; then
		echo "loaded $name"
		unpatch livepatch_two
	else
		refused=$((refused + 1))
	fi
}
malformed() {
	insmod klpcc_resolver.ko && insmod klpcc_target.ko && insmod klpcc_other.ko || return
	tries=0 refused=0
	while read -r line; do try $line; done <variants
	echo "variants $tries refused $refused"
	listing
	users
	insmod livepatch-two.ko && settled livepatch_two && parameter livepatch_two target &&
		unpatch livepatch_two && rmmod klpcc_resolver klpcc_target klpcc_other
}
[ ! -e variants ] || section malformed malformed
[ ! -e /sys/kernel/debug/kmemleak ] || section leaks leaks
[ ! -e /proc/lockdep_stats ] || section lockdep grep debug_locks /proc/lockdep_stats
