# SPDX-License-Identifier: GPL-2.0-or-later
#
# The section protocol between a guest script and whoever reads the console: one boot serves
# many tests, each in its own section
#
#   == begin NAME
#   (kernel messages, as they come; then what COMMAND printed, each line after "| ")
#   == end NAME rc=N
#
# Sourced before the guest script, by init, or by the script of a system (testsuite/lib/system.exp).
# What it calls is in busybox and in coreutils alike.

# section NAME COMMAND [ARG]...: runs COMMAND (a shell function, mostly) in a subshell.
section() {
	section_name=$1
	shift
	echo "== begin $section_name" >/dev/kmsg
	("$@") >/tmp/section.out 2>&1
	section_rc=$?
	while IFS= read -r section_line || [ -n "$section_line" ]; do
		echo "| $section_line" >/dev/kmsg
	done </tmp/section.out
	echo "== end $section_name rc=$section_rc" >/dev/kmsg
}

# data_port: prints which device the port for data is (`run -d`), ready for any bytes. On s390, which
# has no second serial port, it is one of virtio's.
data_port() {
	if [ -e /dev/vport0p1 ]; then
		echo /dev/vport0p1
	else
		stty -F /dev/ttyS1 raw && echo /dev/ttyS1
	fi
}

# send FILE: a file in bulk to that port, unchanged.
send() {
	send_port=$(data_port) && cat "$1" >"$send_port"
}

# unpatch NAME: switches the livepatch NAME off, waits for its transition, removes the module.
unpatch() {
	echo 0 >"/sys/kernel/livepatch/$1/enabled" || return 1
	settled "$1" || return 1
	remove "$1"
}

# remove NAME: removes the module of a livepatch that is off, or replaced. The kernel lets go of it from
# a worker, a moment after the patch's directory is gone.
remove() {
	remove_tries=0
	while [ "$(cat "/sys/module/$1/refcnt")" != 0 ] && [ $remove_tries -lt 1200 ]; do
		remove_tries=$((remove_tries + 1))
		sleep 0.1
	done
	rmmod "$1"
}

# settled NAME: waits until the livepatch NAME is in no transition (or gone). Gives up
# after 1200 looks, two minutes at least: a guest on a busy host needs more for as many.
settled() {
	settled_tries=0
	while [ "$(cat "/sys/kernel/livepatch/$1/transition" 2>/dev/null || echo 0)" != 0 ]; do
		settled_tries=$((settled_tries + 1))
		[ $settled_tries -le 1200 ] || return 1
		sleep 0.1
	done
}
