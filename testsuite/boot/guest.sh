# SPDX-License-Identifier: GPL-2.0-or-later
#
# The section protocol between a guest script and whoever reads the console: one boot serves
# many tests, each in its own section
#
#   == begin NAME
#   (kernel messages, as they come; then what COMMAND printed, each line after "| ")
#   == end NAME rc=N
#
# Sourced by init before the guest script.

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

# send FILE: a file in bulk to the port for data (`run -d`), unchanged. On s390, where there is no
# second serial port, it is one of virtio's.
send() {
	if [ -e /dev/vport0p1 ]; then
		cat "$1" >/dev/vport0p1
	else
		stty -F /dev/ttyS1 raw && cat "$1" >/dev/ttyS1
	fi
}

# unpatch NAME: switches the livepatch NAME off, waits for its transition, removes the module. The
# kernel lets go of the module from a worker, a moment after the patch's directory is gone.
unpatch() {
	echo 0 >"/sys/kernel/livepatch/$1/enabled" || return 1
	settled "$1" || return 1
	unpatch_tries=0
	while [ "$(cat "/sys/module/$1/refcnt")" != 0 ] && [ $unpatch_tries -lt 1200 ]; do
		unpatch_tries=$((unpatch_tries + 1))
		usleep 100000
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
		usleep 100000
	done
}

# ---- loads, for lib/agree.exp --------------------------------------------------------------
#
# record_loads: from here on the log tells of every module that this shell loads
#
#   == load ID MD5 NAME[,NAME]... ARGUMENTS    its file, and which modules were there before
#   (what the kernel says of it)
#   == loaded ID rc=N
#
# NAME is "-" when there are none. ID is the process's number and a count.
record_loads() {
	insmod() { record insmod "$@"; }
}

# record_programs: so do kmod's insmod and modprobe, which other shells find in /sbin. These
# shells do not see the lines in what dmesg prints.
record_programs() {
	mkdir -p /sbin/recorded
	[ ! -e /sbin/dmesg ] || mv /sbin/dmesg /sbin/recorded
	[ -e /sbin/recorded/dmesg ] || ln -s /bin/dmesg /sbin/recorded
	cat >/sbin/dmesg <<-'END'
		#!/bin/busybox sh
		/sbin/recorded/dmesg "$@" | grep -vE '(^|\] )== load(ed)? '
	END
	chmod 755 /sbin/dmesg
	for record_name in insmod modprobe; do
		ln -s "$(readlink -f /sbin/$record_name)" /sbin/recorded/$record_name
		rm /sbin/$record_name
		cat >/sbin/$record_name <<-END
			#!/bin/busybox sh
			. /guest.sh
			record /sbin/recorded/$record_name "\$@"
		END
		chmod 755 /sbin/$record_name
	done
}

# The names of the modules that are there, in order to compare: ",NAME,NAME,"; first "ftrace-off" where
# it is switched off.
modules_there() {
	there=,
	read -r there_state </proc/sys/kernel/ftrace_enabled
	[ "$there_state" != 0 ] || there=,ftrace-off,
	while read -r there_name there_size there_users there_by there_state there_rest; do
		[ "$there_state" != Live ] || there=$there$there_name,
	done </proc/modules
}

# record_file FILE ARGUMENT...: the line before.
record_file() {
	read -r record_id record_rest </proc/self/stat
	record_count=$((record_count + 1))
	record_sum=$(md5sum <"$1")
	record_there=${there#,}
	record_there=${record_there%,}
	record_ids="$record_ids $record_id.$record_count:$1"
	shift
	echo "== load $record_id.$record_count ${record_sum%% *} ${record_there:--} $*" >/dev/kmsg
}

# record PROGRAM [ARGUMENT]...: insmod, or one of kmod's programs. modprobe loads what the module
# depends on, and nothing that is there.
record() {
	record_program=$1
	shift
	record_ids=
	modules_there
	case $record_program:$1 in
	*insmod:*)
		record_file "$@"
		;;
	*modprobe:-*) ;;
	*)
		"$record_program" --show-depends "$@" 2>/dev/null >/tmp/record.$$
		while read -r record_verb record_path record_arguments; do
			record_module
			case $record_verb:$there in
			builtin:* | *,$record_module,*) ;;
			*)
				record_file "$record_path" $record_arguments
				there=$there$record_module,
				;;
			esac
		done </tmp/record.$$
		rm /tmp/record.$$
		;;
	esac
	if [ "$record_program" = insmod ]; then
		command insmod "$@"
	else
		"$record_program" "$@"
	fi
	record_status=$?
	for record_item in $record_ids; do
		record_rc=$record_status
		# What modprobe loaded before it failed.
		if [ $record_status != 0 ] && [ "$record_item" != "${record_ids##* }" ]; then
			record_path=${record_item#*:}
			record_module
			modules_there
			case $there in *,$record_module,*) record_rc=0 ;; esac
		fi
		echo "== loaded ${record_item%%:*} rc=$record_rc" >/dev/kmsg
	done
	return $record_status
}

# Sets record_module to the name that a module has whose file is record_path.
record_module() {
	record_module=${record_path##*/}
	record_module=${record_module%%.ko*}
	record_module=${record_module//-/_}
}
