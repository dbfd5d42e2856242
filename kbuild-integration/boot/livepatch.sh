# SPDX-License-Identifier: GPL-2.0-or-later
#
# What the guest of `klpcc patch --test` does (tools/patch/try.c): it loads the modules that the
# livepatch is for, runs the user's test, loads the livepatch, runs the test again, unloads the
# livepatch, and runs the test once more. What the test prints goes to the port for data as it comes,
# below a heading for each run. Each step is a section of the console: `before`, `patched` and
# `unpatched` are the test's. After another one that fails nothing else is done, unless its name begins
# with "-".
#
# In /guest are `test`, the modules, and `settings`:
#   targets     modules to load first, in this order; one that need not load has a "-" before it
#   livepatch   the name of the livepatch's file, without .ko

. ./settings

# The pipe is no terminal, which programs may colour their output for; and a process that a test leaves
# behind can go on writing.
mkfifo /tmp/pipe && port=$(data_port) || exit
{
	cat /tmp/pipe >"$port"
	touch /tmp/sent
} &
exec 3>/tmp/pipe

finish() {
	exec 3>&-
	# Unless a process that was left behind has it open.
	tries=0
	while [ ! -e /tmp/sent ] && [ $tries -lt 50 ]; do
		tries=$((tries + 1))
		usleep 100000
	done
	exit 0
}

must() {
	section "$@" 3>&-
	[ "$section_rc" = 0 ] || finish
}

run_test() {
	echo "== $1" >&3
	sh ./test "$1" </dev/null >&3 2>&1 3>&-
}

load_livepatch() {
	insmod "$livepatch.ko" || return
	settled "$name" || { echo "its transition does not end" && return 1; }
}

unload_livepatch() {
	unpatch "$name" || { echo "it cannot be unloaded" && return 1; }
}

name=$(echo "$livepatch" | tr - _)
for target in $targets; do
	case $target in
	-*) section "$target.ko" insmod "${target#-}.ko" 3>&- ;;
	*) must "$target.ko" insmod "$target.ko" ;;
	esac
done
section before run_test before
[ ! -e klpcc_resolver.ko ] || must klpcc_resolver.ko insmod klpcc_resolver.ko
must "$livepatch.ko" load_livepatch
section patched run_test patched
must "the unload of $livepatch.ko" unload_livepatch
section unpatched run_test unpatched
finish
