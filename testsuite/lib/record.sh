# SPDX-License-Identifier: GPL-2.0-or-later
#
# For guests whose loads lib/agree.exp compares with verdicts. boot_guest has their script source it
# first, after guest.sh.
#
# record_loads: from here on the log tells of every module that this shell loads
#
#   == there ID NAME[,NAME]...                 and more such lines, where one is not enough for them
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
			. /guest/record.sh
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
	# The kernel takes no line of more than a thousand characters.
	while [ ${#record_there} -gt 500 ]; do
		echo "== there $record_id.$record_count $(echo "$record_there" | cut -d , -f -20)" \
			>/dev/kmsg
		record_there=$(echo "$record_there" | cut -s -d , -f 21-)
	done
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
