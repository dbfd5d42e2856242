# SPDX-License-Identifier: GPL-2.0-or-later
#
# What the plugin adds to a compile, for sources of three sizes, and how that grows with the
# number of externs. The flags are those that kbuild uses with the stock 6.1 headers, and
# what runs is cc1, the compiler itself: driver, assembler and objtool are the same either way.
# bench sources this file; the test klpcc.bench uses compile_prepare and compile_job.

compile_sizes='0 100'
compile_large=300

# compile_flags SOURCE: kbuild's compile of a source in $compile_dir leaves its command.
compile_flags() {
	sed -n '1s/^cmd_[^ ]* := //p' "$compile_dir/.$1.o.cmd" | sed 's/ ; .*//; s/ -c -o .*//'
}

# compile_prepare INDEX SOURCE...: builds the sources, which are in $compile_dir, as kbuild does.
compile_prepare() {
	local name
	compile_index=$1
	shift
	headers=/usr/src/linux-headers-$release
	[ -e "$headers/Makefile" ] || die "no kernel headers: install linux-headers-$release"
	{
		for name; do
			echo "obj-m += $name.o"
		done
	} >"$compile_dir/Kbuild"
	for name; do
		make -s -C "$headers" M="$compile_dir" "$name.o" >"$compile_dir/$name.log" 2>&1 ||
			{
				tail -n 5 "$compile_dir/$name.log" >&2
				die "kbuild does not compile $name.c"
			}
	done
}

# cc1_of SOURCE VARIANT: the command line of cc1, quoted. VARIANT: plain, klpcc (with what klpcc.mk
# says, a report included), observe (an observation, and no index), empty.
cc1_of() {
	local extra=
	case $2 in
	klpcc) extra="-fplugin='$plugin' -fplugin-arg-klpcc-index='$compile_index' -fplugin-arg-klpcc-release=$release -fplugin-arg-klpcc-report='$compile_dir/$1.klp.json'" ;;
	observe) extra="-fplugin='$plugin' -fplugin-arg-klpcc-observe='$compile_dir/$1.observe.json'" ;;
	empty) extra="-fplugin='$out/empty.so'" ;;
	esac
	(cd "$headers" && eval "$(compile_flags "$1") $extra -S -o '$compile_dir/$1.$2.s' '$compile_dir/$1.c' -###" 2>&1) |
		grep '/cc1 ' | head -n 1
}

# compile_job SOURCE VARIANT
compile_job() {
	local cc1
	cc1=$(cc1_of "$1" "$2")
	[ -n "$cc1" ] || die "gcc does not say how it calls cc1"
	eval "job '$1.$2' $cc1"
}

compile_sources() {
	local n
	cp "$top/kbuild-integration/sample/patch.c" "$compile_dir/small.c"
	cp "$here/medium.c" "$here/headers.h" "$compile_dir"
	echo '#include "headers.h"' >"$compile_dir/words.c"
	compile_prepare "$index" words
	(cd "$headers" && eval "$(compile_flags words) -E -o - '$compile_dir/words.c'") |
		tr -c 'A-Za-z0-9_' '\n' | grep '^[A-Za-z_]' | sort -u >"$compile_dir/words"
	for n in $compile_sizes $compile_large; do
		{
			echo '#include "headers.h"'
			"$out/externs" "$index" "$n" 1 <"$compile_dir/words"
		} >"$compile_dir/externs-$n.c" || die "cannot write a source with $n externs"
	done
	mv "$compile_dir/externs-$compile_large.c" "$compile_dir/large.c"
}

compile_wall() {
	local name=$1 plain with empty
	eval "plain=($(cc1_of "$name" plain)) with=($(cc1_of "$name" klpcc)) empty=($(cc1_of "$name" empty))"
	(cd "$headers" && clock "$wall_rounds" -- "${plain[@]}" -- "${with[@]}" -- "${empty[@]}")
}

compile() {
	local name variant n marks times
	compile_dir=$out/compile
	rm -rf "$compile_dir"
	mkdir -p "$compile_dir"
	build externs
	"${CXX:-g++}" -shared -fPIC -O2 -fno-rtti \
		-I"$("${PLUGIN_GCC:-gcc}" -print-file-name=plugin)/include" \
		-o "$out/empty.so" "$here/empty.cc" || die "cannot compile empty.cc"
	compile_sources
	# shellcheck disable=SC2086
	compile_prepare "$index" small medium large $(printf 'externs-%s ' $compile_sizes)
	for name in small medium large; do
		for variant in plain klpcc observe empty; do
			compile_job $name $variant
		done
	done
	for n in $compile_sizes; do
		compile_job externs-"$n" plain
		compile_job externs-"$n" klpcc
	done
	run_jobs "$headers"
	echo "# source	lines	marks	instructions	with an empty plugin	with klpcc	wall ms	with an empty plugin	with klpcc" >"$out/compile.tsv"
	for name in small medium large; do
		marks=$(grep -c '^[[:space:]]\.weak.*\.klp\.' "$compile_dir/$name.klpcc.s")
		[ "$marks" -gt 0 ] || die "$name.c: the plugin marked nothing"
		times=$(compile_wall $name | awk '{ printf "%s%.1f", sep, $1 / 1000; sep = "\t" }')
		printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$name" "$(wc -l <"$compile_dir/$name.c")" "$marks" \
			"$(count $name.plain)" "$(count $name.empty)" "$(count $name.klpcc)" \
			"$(echo "$times" | awk -F '\t' -v OFS='\t' '{ print $1, $3, $2 }')" >>"$out/compile.tsv"
		limit "compile $name.c, $marks marks: instructions, with plugin / without" 1.01 \
			"$(divide "$(count $name.klpcc)" "$(count $name.plain)" %.4f)"
		[ -s "$compile_dir/$name.observe.json" ] || die "$name.c: there is no observation"
		limit "compile $name.c: instructions, with an observation / without the plugin" 1.02 \
			"$(divide "$(count $name.observe)" "$(count $name.plain)" %.4f)"
	done
	echo "# externs	instructions without	with" >"$out/compile-externs.tsv"
	for n in $compile_sizes; do
		printf '%s\t%s\t%s\n' "$n" "$(count externs-"$n".plain)" "$(count externs-"$n".klpcc)" \
			>>"$out/compile-externs.tsv"
	done
	printf '%s\t%s\t%s\n' $compile_large "$(count large.plain)" "$(count large.klpcc)" >>"$out/compile-externs.tsv"
}
