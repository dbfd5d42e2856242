# SPDX-License-Identifier: GPL-2.0-or-later
#
# What every guest of this area does, for the script that comes after it (lib/corpus.exp): loads the
# modules that are patched, then the patches of a form, and calls replaced functions. A call is the
# script's function call_NAME, and a section that begins with what user space sees; then come, as
# "ran FUNCTION ", the replacements that ftrace saw running.
#
# In front of this are the settings, lists of words: targets, patches and calls.

tracing=/sys/kernel/tracing
# Those that a kernel has built in, or that another one brought, are there already.
load_targets() {
	for module in $targets; do
		insmod $module.ko || return
	done
	rm -f $(printf '%s.ko ' $targets)
}

name_of() { echo $1 | tr - _; }

# FORM PATCH
load_patch() {
	insmod $2.$1.ko && settled $(name_of $2)
}

# What the kernel says is patched: "replaced PATCH OBJECT/FUNCTION,POSITION".
list_replaced() {
	for patch in /sys/kernel/livepatch/*; do
		(cd $patch && ls -d */*,* | sed "s|^|replaced ${patch##*/} |")
	done
}

# Traces functions of the patches alone.
call() {
	echo >$tracing/trace
	echo 1 >$tracing/tracing_on
	"call_$1"
	status=$?
	echo 0 >$tracing/tracing_on
	sed -n 's/^.*: \([^ ]*\) <-.*/ran \1 /p' $tracing/trace | sort -u
	return $status
}

start_tracing() {
	echo 0 >$tracing/tracing_on
	for patch in $patches; do
		echo ":mod:$(name_of $patch)" >>$tracing/set_ftrace_filter || return
	done
	echo function >$tracing/current_tracer
	! grep -v '\[livepatch_' $tracing/set_ftrace_filter
}

# All patches in a form: FORM.
run_form() {
	for patch in $patches; do
		section $1-$patch load_patch $1 $patch
	done
	section $1-replaced list_replaced
	section $1-tracing start_tracing
	for name in $calls; do
		section $1-call-$name call $name
	done
}
