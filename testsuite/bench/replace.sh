# SPDX-License-Identifier: GPL-2.0-or-later
#
# What a changed file of the kernel costs when it is compiled to replace one function, against the plain
# compile of the same changed file with the kernel's flags. For comparison, the plugin also marks the
# whole file, and observes it. What runs is cc1, as in compile.sh.
# bench sources this file; the test klpcc.bench uses replace_prepare and replace_jobs.

# FILE:FUNCTION, each a function that can be replaced alone.
replace_files="fs/fcntl.c:send_sigio fs/ext4/extents.c:ext4_ext_map_blocks net/can/isotp.c:isotp_sendmsg"

# replace_prepare FILE FUNCTION: makes the plan, and the changed file, in $replace_dir. It keeps the number
# of lines, as an edit of one line does.
replace_prepare() {
	local name=${1##*/}
	"$tool" match -q -i "$index" --image "$image" --modules "$modules" --tree "$replace_tree" \
		--plan="$replace_dir/${name%.c}.plan" "$1" >"$replace_dir/$name.match" 2>&1 ||
		die "$1 does not match, see $replace_dir/$name.match"
	sed "/^[a-z].*\<$2([^;]*\$/,/^{/ s/^{/{ volatile int changed __maybe_unused = 1;/" \
		"$replace_tree/source/$1" >"$replace_dir/$name"
	! cmp -s "$replace_tree/source/$1" "$replace_dir/$name" || die "$1: there is no $2 to change"
}

# replace_cc1 FILE FUNCTION VARIANT: the command line of cc1, quoted. The kernel's own, without what writes
# into the tree. VARIANT: plain; mark (with an index and a plan, and nothing to replace: what the kernel has
# only while it starts is an error then); observe; replace.
replace_cc1() {
	local name=${1##*/} flags extra=
	local load="-fplugin='$plugin' -fplugin-arg-klpcc-index='$index' -fplugin-arg-klpcc-plan='$replace_dir/${name%.c}.plan'"
	case $3 in
	mark) extra="$load -fplugin-arg-klpcc-no-warn-init -fplugin-arg-klpcc-no-warn-static-key" ;;
	observe) extra="-fplugin='$plugin' -fplugin-arg-klpcc-observe='$replace_dir/$name.observe.json'" ;;
	replace) extra="$load -fplugin-arg-klpcc-replace=$2 -fplugin-arg-klpcc-error-inlined" ;;
	esac
	flags=$(sed -n "1 { s/^[a-z]*cmd_[^ ]* := //; s/ ; .*//; s/ -Wp,-MMD,[^ ]*//; s/ -c -o .*//; p }" \
		"$replace_tree/build/$(dirname "$1")/.${name%.c}.o.cmd")
	[ -n "$flags" ] || die "no command for $1 in $replace_tree"
	(cd "$replace_tree/build" &&
		eval "$flags $extra -S -o '$replace_dir/$name.$3.s' '$replace_dir/$name' -###" 2>&1) |
		grep '/cc1 ' | head -n 1
}

# replace_jobs FILE FUNCTION VARIANT...
replace_jobs() {
	local file=$1 function=$2 variant cc1
	shift 2
	for variant; do
		cc1=$(replace_cc1 "$file" "$function" "$variant")
		[ -n "$cc1" ] || die "gcc does not say how it calls cc1"
		eval "job '${file##*/}.$variant' $cc1"
	done
}

# replace_check FILE FUNCTION: the function was replaced.
replace_check() {
	grep -q "^klpcc_new_$2 *=\|\.set[[:space:]]*klpcc_new_$2,\|^klpcc_new_$2:" "$replace_dir/${1##*/}.replace.s" ||
		die "$1: $2 was not replaced"
}

# replace_ratio FILE VARIANT
replace_ratio() {
	divide "$(count "${1##*/}.$2")" "$(count "${1##*/}.plain")" %.4f
}

replace_row() {
	local name=${1##*/}
	replace_check "$1" "$2"
	[ -s "$replace_dir/$name.observe.json" ] || die "$1: there is no observation"
	printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$release" "$1" "$2" "$(count "$name.plain")" "$(count "$name.mark")" \
		"$(count "$name.observe")" "$(count "$name.replace")" "$(replace_ratio "$1" replace)" >>"$out/replace.tsv"
	limit "compile $1 to replace $2: instructions / plain" 1.0 "$(replace_ratio "$1" replace)"
	limit "compile $1 with marks: instructions / plain" 1.02 "$(replace_ratio "$1" mark)"
	limit "compile $1 with an observation: instructions / plain" 1.02 "$(replace_ratio "$1" observe)"
}

replace() {
	local each
	replace_dir=$out/replace
	rm -rf "$replace_dir"
	mkdir -p "$replace_dir"
	replace_tree=$("$top/testsuite/kernels/tree" 6.1) || exit 1
	for each in $replace_files; do
		replace_prepare "${each%:*}" "${each#*:}"
		replace_jobs "${each%:*}" "${each#*:}" plain mark observe replace
	done
	run_jobs "$replace_tree/build"
	echo "# kernel	file	function	instructions	with marks	with an observation	to replace it	to replace it / plain" >"$out/replace.tsv"
	for each in $replace_files; do
		replace_row "${each%:*}" "${each#*:}"
	done
}
