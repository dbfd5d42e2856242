#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Runs the test suite: one runtest for each area and board, as many at a time as there are
# processors, and sums up. `make check` calls it and says where things are in the
# environment:
#
#   KLPCC_BUILD       absolute path of the build directory; results go to its check/
#   KLPCC_CC, KLPCC_CFLAGS, KLPCC_LDLIBS  how the tool is compiled and linked
#   AREA              run only these areas ("mark diag"); all but peers when empty
#   BOARD             run only these boards; all when empty
#   RUNTESTFLAGS      passed on, e.g. mark.exp=call-1.c
#   JOBS              runs at a time
#   CI                set: print, too, what the logs have around a failure
#
# The last line is "N passed, N failed". The status is 0 only when something ran and nothing
# failed. A run that stops early, or an area without a result, counts as a failure.
set -u

top=$(cd "$(dirname "$0")/.." && pwd)
suite=$top/testsuite
results=$KLPCC_BUILD/check
host=$(uname -m)-pc-linux-gnu
jobs=${JOBS:-$(nproc)}
sanitized=
[[ $KLPCC_CFLAGS != *-fsanitize=* ]] || sanitized=sanitized-

# The compile areas also run with the s390x compiler. What is special to a machine is in marks and
# in the link, so with sanitizers these are enough.
boards_of() {
	case $sanitized$1 in
	sanitized-mark | sanitized-link) echo x86_64-native s390x-cross ;;
	mark | diag | choice | table | types | memory | link | show | verify | match | replace | observe | corpus | patch) echo x86_64-native s390x-cross ;;
	*) echo x86_64-native ;;
	esac
}

triplet_of() {
	case $1 in
	s390x-cross) echo s390x-linux-gnu ;;
	*) echo "$host" ;;
	esac
}

# Areas by how long they take, longest first. With sanitizers there is no speed to guard, and the
# kernel's modules and the plugin under valgrind are the same as without. Where a user's way is
# followed from end to end, the tool does nothing that the others do not have it do. peers is for
# check-peers alone.
areas() {
	local area slow=" patch resolver corpus live s390 tree selftests boot docs kbuild paths memory build whole index image link "
	local without=peers
	[ -z "$sanitized" ] || without+=" bench boot build corpus dkms docs first install"
	[ -z "$sanitized" ] || without+=" kbuild loaded memory patch paths resolver s390 selftests"
	for area in $slow; do
		case " $without " in
		*" $area "*) ;;
		*) [ -e "$suite/klpcc.$area/$area.exp" ] && echo "$area" ;;
		esac
	done
	for area in "$suite"/klpcc.*/; do
		area=${area%/}
		area=${area##*/klpcc.}
		case "$slow $without " in
		*" $area "*) ;;
		*) [ -e "$suite/klpcc.$area/$area.exp" ] && echo "$area" ;;
		esac
	done
}

# Tcl needs no quoting inside braces as long as they balance.
site() {
	cat <<-EOF
	set tool klpcc
	set srcdir {$suite}
	set objdir {$1}
	set boards_dir {$suite/boards}
	set build_triplet $host
	set host_triplet $host
	set target_triplet $(triplet_of "$2")
	array set klpcc {
		top {$top}
		build {$KLPCC_BUILD}
		tool {$KLPCC_BUILD/klpcc}
		watch {$results/klpcc-watch}
		cc {$KLPCC_CC}
		cflags {$KLPCC_CFLAGS}
		ldlibs {$KLPCC_LDLIBS}
	}
	EOF
}

run_one() {
	local board=${1%%:*} area=${1##*:} dir status begin=$SECONDS
	dir=$results/$board/$area
	rm -rf "$dir"
	mkdir -p "$dir"
	cd "$dir" || exit 1
	site "$dir" "$board" >site.exp
	# shellcheck disable=SC2086
	runtest --tool klpcc --target_board "$board" --target "$(triplet_of "$board")" \
		--directory "klpcc.$area" ${RUNTESTFLAGS:-} >runtest.out 2>&1 </dev/null
	status=$?
	echo "$status" >status
	printf '  CHECK   klpcc.%s on %s: %s passed, %s failed, %d s\n' "$area" "$board" \
		"$(count '^PASS:' "$dir")" "$(count "$bad" "$dir")" $((SECONDS - begin))
}

bad='^(FAIL|ERROR|UNRESOLVED|UNSUPPORTED|UNTESTED|XPASS|KPASS): '

count() {
	[ -e "$2/klpcc.sum" ] || { echo 0; return; }
	grep -aEc -- "$1" "$2/klpcc.sum"
}

# What went wrong in a run beside its failed tests; empty when nothing did.
trouble() {
	local dir=$1 passed=$2 failed=$3
	if ! grep -aq '=== klpcc Summary ===' "$dir/klpcc.sum" 2>/dev/null; then
		echo "stopped early, see $dir/runtest.out"
	elif [ "$passed" = 0 ] && [ "$failed" = 0 ] && [ -z "${RUNTESTFLAGS:-}" ]; then
		echo "no test ran"
	elif [ "$failed" = 0 ] && [ "$(cat "$dir/status")" != 0 ]; then
		echo "runtest ended with $(cat "$dir/status"), see $dir/runtest.out"
	fi
}

# What is around the failures in a log: where that is gone with the machine.
excerpt() {
	grep -aE -B 40 -A 12 -- "$bad" "$1" | cut -c 1-240 | tail -n 200 | sed 's/^/  | /'
}

sum_up() {
	local passed=0 failed=0 run board area dir p f why
	for run in "$@"; do
		board=${run%%:*} area=${run##*:} dir=$results/$board/$area
		p=$(count '^PASS: ' "$dir") f=$(count "$bad" "$dir")
		why=$(trouble "$dir" "$p" "$f")
		if [ "$f" != 0 ]; then
			grep -aE -- "$bad" "$dir/klpcc.sum"
			echo "  log of klpcc.$area on $board: $dir/klpcc.log"
			[ -z "${CI:-}" ] || excerpt "$dir/klpcc.log"
		fi
		if [ -n "$why" ]; then
			echo "FAIL: klpcc.$area on $board: $why"
			f=$((f + 1))
		fi
		passed=$((passed + p)) failed=$((failed + f))
	done
	if [ "$(under_test)" != "$tested" ]; then
		echo "FAIL: a test built klpcc or its plugin anew, under the feet of others"
		failed=$((failed + 1))
	fi
	echo "$passed passed, $failed failed"
	[ "$passed" -gt 0 ] && [ "$failed" = 0 ]
}

# What the runs say of `klpcc verify`.
agreement() {
	local run file files=()
	for run in "$@"; do
		file=$results/${run%%:*}/${run##*:}/agreement.tsv
		[ ! -s "$file" ] || files+=("$file")
	done
	[ ${#files[@]} = 0 ] || "$suite/lib/agreement" "${files[@]}"
}

# Which files are tested.
under_test() {
	stat -c '%n %i %.9Y' "$KLPCC_BUILD/klpcc" "$KLPCC_BUILD"/{,s390x-linux-gnu/}klpcc.so \
		2>/dev/null
}

# A sanitizer's report must not look like the tool's own exit status 1.
export ASAN_OPTIONS=exitcode=99 LSAN_OPTIONS=exitcode=99
export UBSAN_OPTIONS=exitcode=99:print_stacktrace=1
export LC_ALL=C
# What was said to `make check` is not for the makes that tests run.
unset MAKEFLAGS MFLAGS MAKEOVERRIDES MAKELEVEL V O ARCH CROSS_COMPILE CC KCFLAGS BUILD SANITIZE

if [ "${1:-}" = --one ]; then
	run_one "$2"
	exit 0
fi

if ! command -v runtest >/dev/null; then
	echo "runtest is missing: install the package dejagnu" >&2
	echo "0 passed, 1 failed"
	exit 1
fi

runs=()
for area in ${AREA:-$(areas)}; do
	area=${area#klpcc.}
	for board in $(boards_of "$area"); do
		case " ${BOARD:-$board} " in
		*" $board "*) runs+=("$board:$area") ;;
		esac
	done
done
# shellcheck disable=SC2086
mkdir -p "$results" && $KLPCC_CC -O2 -o "$results/klpcc-watch" "$top/kbuild-integration/boot/watch.c" || exit 1
tested=$(under_test)
[ ${#runs[@]} -gt 0 ] && printf '%s\n' "${runs[@]}" | xargs -P "$jobs" -n 1 "$0" --one
agreement "${runs[@]+"${runs[@]}"}"
sum_up "${runs[@]+"${runs[@]}"}"
