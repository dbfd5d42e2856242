# SPDX-License-Identifier: GPL-2.0-or-later
#
# `klpcc verify` and `klpcc show` against `readelf -rsW` of the same modules: the sample patch, with so
# many relocations more against the symbols of the stock kernel, whose index has all its modules. And a
# table of many modules and many kernels, against readelf once for each of its cells.
# bench sources this file; the test klpcc.bench uses verify_prepare, verify_module and verify_jobs.

verify_symbols=20000
verify_modules=50
verify_kernels=20

# The sample, compiled for the stock kernel and not linked yet.
verify_prepare() {
	local flags
	verify_dir=$out/verify
	rm -rf "$verify_dir"
	mkdir -p "$verify_dir/sample"
	headers=/usr/src/linux-headers-$release
	[ -e "$headers/Makefile" ] || die "no kernel headers: install linux-headers-$release"
	build module
	cp "$top/kbuild-integration/sample/patch.c" "$verify_dir/sample"
	printf 'obj-m := verify.o\nverify-y := patch.o\n' >"$verify_dir/sample/Kbuild"
	flags=$("$tool" cflags --index "$index") || exit 1
	make -s -C "$headers" M="$verify_dir/sample" KCFLAGS="$flags" modules \
		>"$verify_dir/log" 2>&1 || die "the sample does not build, see $verify_dir/log"
}

# verify_module RELOCATIONS SYMBOLS: makes RELOCATIONS.ko.
verify_module() {
	local name=$verify_dir/$1
	"$out/module" x86_64 "$1" 1 "$2" "$index" | as -o "$name.o" &&
		ld -r -z noexecstack -o "$name.ko" "$verify_dir/sample/verify.ko" "$name.o" &&
		"$tool" link -i "$index" "$name.ko" || die "cannot make a module of $1 relocations"
	rm "$name.o"
}

verify_jobs() {
	job "verify.$1" "$tool" verify -i "$index" "$verify_dir/$1.ko"
	job "show.$1" "$tool" show "$verify_dir/$1.ko"
	job "readelf.$1" readelf -rsW "$verify_dir/$1.ko"
}

# verify_row FILE RELOCATIONS ROUNDS: x, instructions of the three, wall ms of the three.
verify_row() {
	printf '%s\t%s\t%s\t%s\t%s\n' "$2" "$(count "verify.$2")" "$(count "show.$2")" \
		"$(count "readelf.$2")" \
		"$(clock "$3" -- "$tool" verify -i "$index" "$verify_dir/$2.ko" -- \
			"$tool" show "$verify_dir/$2.ko" -- readelf -rsW "$verify_dir/$2.ko" |
			awk '{ printf "%s%.2f", sep, $1 / 1000; sep = "\t" }')" >>"$1"
}

verify_limits() {
	local n what verify show verify_wall show_wall wall
	while IFS=$'\t' read -r n verify show verify_wall show_wall wall; do
		for what in verify show; do
			limit "$what $n relocations: instructions / readelf" 1.25 "${!what}"
			wall=${what}_wall
			limit "$what $n relocations: wall / readelf" 1.25 "${!wall}"
		done
	done < <(awk -F '\t' -v OFS='\t' '!/^#/ {
		print $1, $2 / $4, $3 / $4, $5 / $7, $6 / $7
	}' "$1")
}

# The many: hard links of one index, and modules of 1,000 relocations.
verify_many() {
	local n modules=() indexes=() wall readelf_wall
	mkdir "$verify_dir/modules" "$verify_dir/indexes"
	for n in $(seq "$verify_modules"); do
		ln "$verify_dir/1000.ko" "$verify_dir/modules/livepatch_$n.ko"
		modules+=("$verify_dir/modules/livepatch_$n.ko")
	done
	for n in $(seq "$verify_kernels"); do
		ln "$index" "$verify_dir/indexes/$n.klpidx"
		indexes+=(-i "$verify_dir/indexes/$n.klpidx")
	done
	{
		read -r wall _
		read -r readelf_wall _
	} < <(clock 3 -- "$tool" verify "${indexes[@]}" "${modules[@]}" -- \
		sh -c 'for i in $(seq "$0"); do readelf -rsW "$@"; done' "$verify_kernels" "${modules[@]}")
	{
		echo "# what	value"
		printf 'modules\t%s\n' "$verify_modules"
		printf 'kernels\t%s\n' "$verify_kernels"
		printf '`klpcc verify`, wall ms\t%s\n' "$(divide "$wall" 1000 %.0f)"
		printf '`readelf -rsW` of all modules, once for each kernel, wall ms\t%s\n' \
			"$(divide "$readelf_wall" 1000 %.0f)"
	} >"$out/verify-many.tsv"
	limit "verify $verify_modules modules for $verify_kernels kernels: wall / readelf" 1.0 \
		"$(divide "$wall" "$readelf_wall")"
}

verify() {
	local n sizes="1000 10000 100000 1000000"
	need readelf binutils
	verify_prepare
	for n in $sizes; do
		verify_module "$n" $((n < verify_symbols ? n : verify_symbols))
		verify_jobs "$n"
	done
	run_jobs
	echo "# relocations	verify	show	readelf	verify ms	show ms	readelf ms" >"$out/verify-relocations.tsv"
	for n in $sizes; do
		verify_row "$out/verify-relocations.tsv" "$n" $((n < 100000 ? 21 : n < 1000000 ? 9 : 3))
	done
	verify_limits "$out/verify-relocations.tsv"
	limit "verify 100000 relocations: wall, ms" 1000 \
		"$(awk -F '\t' '$1 == 100000 { print $5 }' "$out/verify-relocations.tsv")"
	growth_limits "growth with relocations" "$out/verify-relocations.tsv" verify show
	verify_many
	rm -rf "$verify_dir"
}
