# SPDX-License-Identifier: GPL-2.0-or-later
#
# `klpcc match` of files of the stock kernel against compiling these files, which has to come before it; and of
# many files at once.
# bench sources this file.

match_files="fs/fcntl.c fs/namei.c mm/page_alloc.c net/ipv4/tcp.c"
match_many=40

# match_compile FILE: prints the command of the tree for it, with another output.
match_compile() {
	sed -n "1 { s/^[a-z]*cmd_[^ ]* := //; s/ ; .*//; s| -o [^ ]* | -o '$match_out/compiled.o' |; p }" \
		"$match_tree/build/$(dirname "$1")/.$(basename "$1" .c).o.cmd"
}

# match_row FILE FUNCTIONS: wall ms of the match, from an unpacked image, and of the compile.
match_row() {
	local wall compile command
	command=$(match_compile "$1")
	[ -n "$command" ] || die "no command for $1 in $match_tree"
	{
		read -r wall _
		read -r compile _
	} < <(clock "$wall_rounds" -- "${match[@]}" --object "$match_tree/build/${1%.c}.o" -- \
		sh -c "cd '$match_tree/build' && $command")
	printf '%s\t%s\t%s\t%s\t%s\n' "$release" "$1" "$2" "$(divide "$wall" 1000 %.2f)" \
		"$(divide "$compile" 1000 %.2f)" >>"$out/match-files.tsv"
	limit "match $1: wall / its compile" 0.25 "$(divide "$wall" "$compile")"
	limit "match $1: wall, ms" 200 "$(divide "$wall" 1000 %.2f)"
}

match() {
	local file match objects=() n=0 wall
	match_out=$out/match
	mkdir -p "$match_out"
	match_tree=$(KLPCC_BUILD=$KLPCC_BUILD "$top/testsuite/kernels/tree" 6.1) || exit 1
	match=("$tool" match -q -i "$index" --image "$image" --modules "$modules")
	# shellcheck disable=SC2086
	"$tool" match -i "$index" --image "$image" --modules "$modules" --tree "$match_tree" $match_files \
		>"$match_out/log" || die "files do not match, see $match_out/log"
	echo "# kernel	file	functions	match ms	compile ms" >"$out/match-files.tsv"
	for file in $match_files; do
		match_row "$file" "$(awk -v f="$file" '$1 == f { print $4 }' "$match_out/log")"
	done
	# The same few files again and again: each is read and compared anew.
	while [ "$n" -lt "$match_many" ]; do
		for file in $match_files; do
			objects+=(--object "$match_tree/build/${file%.c}.o")
			n=$((n + 1))
		done
	done
	read -r wall _ < <(clock "$wall_rounds" -- "${match[@]}" "${objects[@]}")
	{
		echo "# what	value"
		printf 'files at once\t%s\n' "$match_many"
		printf '`klpcc match`, wall ms\t%s\n' "$(divide "$wall" 1000 %.0f)"
	} >"$out/match-many.tsv"
	limit "match $match_many files: wall, ms" 1000 "$(divide "$wall" 1000 %.2f)"
	rm -rf "$match_out"
}
