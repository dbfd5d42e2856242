# SPDX-License-Identifier: GPL-2.0-or-later
#
# `klpcc link`, both forms, against objcopy copying the same file: instructions and wall time,
# by relocations, sections and symbols, and for s390x, where the link changes code, by relocations.
# bench sources this file; the test klpcc.bench uses link_prepare, link_module and link_jobs.

link_symbols=1000

# A kernel that has the symbols of the modules below, and its index.
link_prepare() {
	link_dir=$out/link
	rm -rf "$link_dir"
	mkdir -p "$link_dir"
	build module
	"$out/module" kallsyms 200000 >"$link_dir/kallsyms"
	printf '0x00000000\tbench_export\tvmlinux\tEXPORT_SYMBOL\t\n' >"$link_dir/symvers"
	"$tool" index -q -o "$link_dir/index" --release 6.1.0-bench \
		--kallsyms "$link_dir/kallsyms" --symvers "$link_dir/symvers" || exit 1
}

# link_binutils NAME: how the programs begin that are for the machine of NAME.ko.
link_binutils() {
	case $1 in
	s390x-*) echo s390x-linux-gnu- ;;
	esac
}

# link_module NAME: makes NAME.ko. NAME: RELOCATIONS-SECTIONS-SYMBOLS, or s390x- and these.
link_module() {
	local name=$link_dir/$1 prefix machine=x86_64 numbers
	prefix=$(link_binutils "$1")
	[ -z "$prefix" ] || machine=s390x
	IFS=- read -r -a numbers <<<"${1#s390x-}"
	"$out/module" $machine "${numbers[@]}" | "${prefix}as" -o "$name.o" &&
		"${prefix}ld" -r -o "$name.ko" "$name.o" || die "cannot make a module $1"
	rm "$name.o"
}

link_jobs() {
	local name=$1 form
	for form in mainline object; do
		job "link.$name.$form" "$tool" link -f $form -i "$link_dir/index" \
			-o "$link_dir/$name.$form.ko" "$link_dir/$name.ko"
	done
	job "link.$name.objcopy" "$(link_binutils "$name")objcopy" "$link_dir/$name.ko" "$link_dir/$name.copy.ko"
}

# Into memory: the file system has a price of its own for a whole file that takes the place of an
# old one (ext4 writes it out at once). objcopy, which writes over the old one, does not pay it.
link_wall() {
	local name=$1 rounds=$2 memory
	memory=$(mktemp -d -p /dev/shm klpcc-bench.XXXXXX) || exit 1
	# shellcheck disable=SC2064
	trap "rm -rf '$memory'" EXIT # of the subshell that link_row calls this in
	clock "$rounds" -- \
		"$tool" link -f mainline -i "$link_dir/index" -o "$memory/mainline.ko" "$link_dir/$name.ko" -- \
		"$tool" link -f object -i "$link_dir/index" -o "$memory/object.ko" "$link_dir/$name.ko" -- \
		"$(link_binutils "$name")objcopy" "$link_dir/$name.ko" "$memory/copy.ko"
}

# link_row FILE NAME X ROUNDS: x, instructions of the three, wall ms of the three.
link_row() {
	printf '%s\t%s\t%s\t%s\t%s\n' "$3" "$(count "link.$2.mainline")" "$(count "link.$2.object")" \
		"$(count "link.$2.objcopy")" \
		"$(link_wall "$2" "$4" | awk '{ printf "%s%.2f", sep, $1 / 1000; sep = "\t" }')" >>"$1"
}

# link_relocations TABLE WHAT NAME...: a row and its limits for each module.
link_relocations() {
	local file=$out/link-$1.tsv what=$2 name n
	shift 2
	echo "# relocations	mainline	object	objcopy	mainline ms	object ms	objcopy ms" >"$file"
	for name in "$@"; do
		n=${name#s390x-}
		n=${n%%-*}
		link_row "$file" "$name" "$n" $((n < 100000 ? 41 : n < 1000000 ? 15 : 5))
		awk -F '\t' -v n="$n" '$1 == n {
			print $2 / $4, $3 / $4, $5 / $7, $6 / $7
		}' "$file" >"$out/link/ratios"
		read -r mainline object mainline_wall object_wall <"$out/link/ratios"
		for form in mainline object; do
			wall=${form}_wall
			limit "link $n relocations $what, $form: instructions / objcopy" \
				1.5 "$(divide "${!form}" 1)"
			limit "link $n relocations $what, $form: wall / objcopy" \
				1.5 "$(divide "${!wall}" 1)"
		done
	done
}

# link_growth WHAT TABLE
link_growth() {
	growth_limits "link, growth with $1" "$2" mainline object
}

link() {
	local n sections sizes="1000 10000 100000 1000000" modules="" name
	need s390x-linux-gnu-objcopy binutils-s390x-linux-gnu
	link_prepare
	for n in $sizes; do
		modules+=" $n-1-$link_symbols $n-2000-$link_symbols s390x-$n-1-$link_symbols"
	done
	for n in 4 63 250 1000 4000 16000; do
		modules+=" 100000-$n-$link_symbols"
	done
	for n in 10000 30000 100000; do
		modules+=" 100000-1-$n"
	done
	for name in $modules; do
		link_module "$name"
		link_jobs "$name"
	done
	run_jobs
	for sections in 1 2000; do
		# shellcheck disable=SC2046
		link_relocations relocations-$sections "over $sections sections" \
			$(printf "%s-$sections-$link_symbols " $sizes)
	done
	# shellcheck disable=SC2046
	link_relocations relocations-s390x "of s390x" $(printf "s390x-%s-1-$link_symbols " $sizes)
	link_growth "relocations over 1 section" "$out/link-relocations-1.tsv"
	link_growth "relocations over 2000 sections" "$out/link-relocations-2000.tsv"
	link_growth "relocations of s390x" "$out/link-relocations-s390x.tsv"
	for n in 1 4 63 250 1000 4000 16000; do
		link_row "$out/link-sections.new" "100000-$n-$link_symbols" "$n" 11
	done
	mv "$out/link-sections.new" "$out/link-sections.tsv"
	for n in 1000 10000 30000 100000; do
		link_row "$out/link-symbols.new" "100000-1-$n" "$n" 11
	done
	mv "$out/link-symbols.new" "$out/link-symbols.tsv"
	tail -n +3 "$out/link-sections.tsv" >"$out/link-sections.large"
	link_growth "sections" "$out/link-sections.large"
	link_growth "symbols" "$out/link-symbols.tsv"
	rm -rf "$link_dir"
}
