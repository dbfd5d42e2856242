# SPDX-License-Identifier: GPL-2.0-or-later
#
# The guest of fixes.exp: loads the modules that livepatches are of, as far as they can be without their
# hardware, and then each livepatch, which takes the place of the one before.
#
# In front of this are the settings, lists of words: targets, and patches as NAME=MODULE, a file and what
# the kernel calls it.

# Not recorded: that there is no hardware is nothing that klpcc verify can know.
load_targets() {
	for module in $targets; do
		if reason=$(command insmod $module.ko 2>&1); then
			echo "there $module"
		else
			echo "away $module $reason"
		fi
		rm $module.ko
	done
}

# NAME MODULE
load_patch() {
	insmod $1.ko && settled $2 || return
	rm $1.ko
	if [ -n "$last" ]; then
		remove $last || return
	fi
	for object in /sys/kernel/livepatch/$2/*/patched; do
		name=${object%/patched}
		echo "patched ${name##*/} $(cat $object)"
	done
	[ "$(ls /sys/kernel/livepatch)" = $2 ]
}

section targets load_targets
last=
for patch in $patches; do
	section load-${patch%=*} load_patch ${patch%=*} ${patch#*=}
	[ ! -e /sys/kernel/livepatch/${patch#*=} ] || last=${patch#*=}
done
section leave unpatch $last
