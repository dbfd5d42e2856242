# SPDX-License-Identifier: GPL-2.0-or-later
#
# What the parts of the benchmark share; bench sources it. In the environment: KLPCC_BUILD,
# KLPCC_CC and how the tool is compiled, as for testsuite/check.sh.
#
#   job NAME COMMAND...   notes a command whose instructions are wanted
#   run_jobs              counts them all with callgrind, one for each processor at a time
#   count NAME            the instructions of a job
#   clock ROUNDS -- COMMAND... -- COMMAND...   wall times, side by side: see measure.c
#   limit WHAT LIMIT MEASURED    one row of the table; MEASURED above LIMIT is a miss
#   growth_limits WHAT TABLE NAME NAME   rows for the growth of columns 2 and 3 with column 1

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
top=$(cd "$here/../.." && pwd)
tool=$KLPCC_BUILD/klpcc
plugin=$KLPCC_BUILD/klpcc.so
out=${BENCH_OUT:-$KLPCC_BUILD/bench}

die() {
	echo "bench: $*" >&2
	exit 1
}

# need PROGRAM PACKAGE
need() {
	command -v "$1" >/dev/null || die "$1 is missing: install the package $2"
}

# build PROGRAM: one of the C programs here, with what the tool itself is made of. The tool's flags are
# for a compiler that runs in the tree.
build() {
	# shellcheck disable=SC2086
	eval "$KLPCC_CC $KLPCC_CFLAGS" -I'"$top/kbuild-integration/tools"' -I'"$top/runtime/format"' \
		-o '"$out/$1"' '"$here/$1.c"' \
		'"$KLPCC_BUILD/libklpcc-tool.a"' "$KLPCC_LDLIBS" || die "cannot compile $1.c"
}

job() {
	local name=$1
	shift
	mkdir -p "$out/jobs"
	printf '%q ' "$@" >"$out/jobs/$name"
}

# Callgrind says on its last lines how many instructions it saw.
run_job() {
	local name=$1 log=$out/jobs/$1.log
	(cd "$(cat "$out/jobs/directory")" &&
		eval "valgrind --tool=callgrind --callgrind-out-file='$out/jobs/$name.callgrind' \
			$(cat "$out/jobs/$name")") >"$log" 2>&1 </dev/null ||
		{
			echo "bench: $name failed:" >&2
			tail -n 5 "$log" >&2
			return 1
		}
	sed -n 's/.*Collected : \([0-9]*\).*/\1/p' "$log" >"$out/counts/$name"
}

# run_jobs ?DIRECTORY?: runs and forgets them.
run_jobs() {
	mkdir -p "$out/counts"
	echo "${1:-$out}" >"$out/jobs/directory"
	find "$out/jobs" -type f ! -name directory -printf '%f\n' | sort |
		BENCH_OUT=$out xargs -P "$(nproc)" -n 1 "$here/bench" --job || exit 1
	rm -rf "$out/jobs"
}

count() {
	cat "$out/counts/$1"
}

clock() {
	"$out/measure" "$@" || exit 1
}

# divide A B ?FORMAT?
divide() {
	awk -v a="$1" -v b="$2" -v f="${3:-%.3f}" 'BEGIN { printf f, a / b }'
}

limit() {
	awk -v what="$1" -v limit="$2" -v value="$3" 'BEGIN {
		printf "%s\t%s\t%s\t%s\n", what, limit, value, (value + 0 > limit + 0 ? "MISSED" : "ok")
	}' >>"$out/$part.limits"
	tail -n 1 "$out/$part.limits" | awk -F '\t' '{
		printf "%-66s %6s %9s  %s\n", $1, $2, $3, $4
	}'
}

# Exponent of the growth: the slope of the least-squares line through the logarithms of
# columns $2 and $3 of the table $1.
growth() {
	awk -F '\t' -v x="$2" -v y="$3" '!/^#/ {
		a = log($x); b = log($y); n++
		sa += a; sb += b; saa += a * a; sab += a * b
	} END { printf "%.3f", (n * sab - sa * sb) / (n * saa - sa * sa) }' "$1"
}

# What one more of a kind costs may not grow: slopes of what is above the smallest size. A line
# through all sizes hardly sees the last: it has a limit of its own, which has room for sorting
# (n log n has the slope 1.09 at 100,000).
growth_limits() {
	local what=$1 file=$2 name column=2
	awk -F '\t' -v OFS='\t' '!/^#/ { if (!x) { x = $1; a = $2; b = $3; next } print $1 - x, $2 - a, $3 - b }' \
		"$file" >"$file.above"
	tail -n 2 "$file.above" >"$file.last"
	for name in "$3" "$4"; do
		limit "$what, $name: exponent" 1.05 "$(growth "$file.above" 1 $column)"
		limit "$what, $name: exponent of the last step" 1.1 \
			"$(growth "$file.last" 1 $column)"
		column=3
	done
}
