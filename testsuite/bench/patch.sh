# SPDX-License-Identifier: GPL-2.0-or-later
#
# `klpcc patch`, from a fix to a module, with a tree and an index that are there: processor time against one
# compile of the changed files, and which phase takes how much of it. A run compiles each of them three times,
# and starts the kernel's build once, which takes the same time for any number of files. The limits are what
# 5 seconds for a file as small as fs/fcntl.c, and 9 for two files, were in compiles.
# bench sources this file.

patch_files="fs/fcntl.c fs/namei.c"
patch_compiles=3 # in a round, as one is short

# patch_fix FILE: an edit of one function, as a diff in $patch_dir.
patch_fix() {
	local command
	case $1 in
	fs/fcntl.c) command='s/f_dupfd(arg,/f_dupfd(max(arg, 100UL),/' ;;
	fs/namei.c) command='/^static int may_o_create(/,/^{/ s/^{/{ volatile int changed __maybe_unused = 1;/' ;;
	esac
	mkdir -p "$patch_dir/a/${1%/*}" "$patch_dir/b/${1%/*}"
	cp "$patch_tree/source/$1" "$patch_dir/a/$1"
	sed "$command" "$patch_dir/a/$1" >"$patch_dir/b/$1"
	(cd "$patch_dir" && git diff --no-index --no-prefix "a/$1" "b/$1") >"$patch_dir/${1##*/}.patch"
	[ -s "$patch_dir/${1##*/}.patch" ] || die "$1: there is nothing to change"
}

# patch_compile FILE...: a script that compiles them so many times, with the commands of the tree.
patch_compile() {
	local file command
	echo "cd '$patch_tree/build' || exit"
	for file; do
		command=$(match_compile "$file")
		[ -n "$command" ] || die "no command for $file in $patch_tree"
		echo "for i in \$(seq $patch_compiles); do $command || exit; done"
	done
}

# patch_row WHAT LIMIT FILE...
patch_row() {
	local what=$1 most=$2 file diffs=() cpu compile
	shift 2
	for file; do
		diffs+=("$patch_dir/${file##*/}.patch")
	done
	{
		read -r _ _ cpu _
		read -r _ _ compile _
	} < <(clock "$((wall_rounds < 3 ? wall_rounds : 3))" -- "${patch[@]}" -q "${diffs[@]}" -- \
		sh -c "$(patch_compile "$@")")
	printf '%s\t%s\t%s\t%s\n' "$release" "$*" "$(divide "$cpu" 1000 %.0f)" \
		"$(divide "$compile" "$((1000 * patch_compiles))" %.0f)" >>"$out/patch.tsv"
	limit "patch $what: processor time / one compile" "$most" \
		"$(divide "$((cpu * patch_compiles))" "$compile")"
}

patch() {
	local file
	need git git
	need jq jq
	patch_dir=$out/patch match_out=$out/patch
	rm -rf "$patch_dir"
	mkdir -p "$patch_dir"
	patch_tree=$(KLPCC_BUILD=$KLPCC_BUILD "$top/testsuite/kernels/tree" 6.1) || exit 1
	match_tree=$patch_tree
	patch=("$tool" patch --release "$release" --tree "$patch_tree" --index "$index" --image "$image"
		--modules "$modules" --headers "/usr/src/linux-headers-$release" -o "$patch_dir/made")
	for file in $patch_files; do
		patch_fix "$file"
	done
	# The objects of the tree are made by the first run.
	"${patch[@]}" --json "$patch_dir"/*.patch >"$patch_dir/log" || exit 1
	echo "# kernel	files	processor time, ms	one compile, ms" >"$out/patch.tsv"
	patch_row "one file" 11 fs/fcntl.c
	# shellcheck disable=SC2086
	patch_row "two files" 4.5 $patch_files
	"${patch[@]}" --json "$patch_dir/fcntl.c.patch" >"$patch_dir/log" || exit 1
	{
		echo "# phase	seconds	share"
		jq -r '(.seconds | add) as $all | .seconds | to_entries[] |
			"\(.key)\t\(.value * 1000 | round / 1000)\t\(.value / $all * 100 | round) %"' "$patch_dir/log"
	} >"$out/patch-phases.tsv"
	rm -rf "$patch_dir"
}
