# SPDX-License-Identifier: GPL-2.0-or-later
#
# `klpcc index` over the stock kernel and its modules, against nm over the same module files
# in as few calls as xargs needs. nm has no image to unpack; what klpcc index does for the
# image alone, and xz for its payload, stands beside it. bench sources this file.

# The offset of an xz stream in a file.
xz_offset() {
	LC_ALL=C grep -aboP '\xfd7zXZ\x00' "$1" | head -n 1 | cut -d: -f1
}

index_growth() {
	local n total=$1 ours nms
	echo "# modules	klpcc index ms	nm ms" >"$out/index.tsv"
	for n in 500 1000 2000 "$total"; do
		shuf -n "$n" --random-source="$out/index/list" "$out/index/list" >"$out/index/list-$n"
		rm -rf "$out/index/modules"
		mkdir "$out/index/modules"
		xargs -a "$out/index/list-$n" cp -lt "$out/index/modules" 2>/dev/null ||
			xargs -a "$out/index/list-$n" cp -t "$out/index/modules" || exit 1
		{
			read -r ours _
			read -r nms _
		} < <(clock 3 -- "$tool" index -q -o "$out/index/some.klpidx" --release "$release" \
			--symvers "$symvers" --image "$image" --modules "$out/index/modules" -- \
			xargs -a "$out/index/list-$n" nm)
		printf '%s\t%s\t%s\n' "$n" "$(divide "$ours" 1000 %.1f)" "$(divide "$nms" 1000 %.1f)" \
			>>"$out/index.tsv"
	done
}

index() {
	local total input size wall cpu memory nm_wall image_wall xz_wall hit miss names offset
	rm -rf "$out/index"
	mkdir -p "$out/index"
	build lookup
	find "$modules" -name '*.ko' | sort >"$out/index/list"
	total=$(wc -l <"$out/index/list")
	[ "$total" -gt 0 ] || die "no modules in $modules"
	input=$(xargs -a "$out/index/list" stat -c %s -- "$image" "$symvers" | awk '{ n += $1 } END { print n }')
	offset=$(xz_offset "$image")
	tail -c +$((offset + 1)) "$image" >"$out/index/payload.xz"
	{
		read -r wall _ cpu memory
		read -r nm_wall _
		read -r image_wall _
		read -r xz_wall _
	} < <(clock "$wall_rounds" -- \
		"$tool" index -q -o "$out/index/all.klpidx" --release "$release" \
		--symvers "$symvers" --image "$image" --modules "$modules" -- \
		xargs -a "$out/index/list" nm -- \
		"$tool" index -q -o "$out/index/image.klpidx" --symvers "$symvers" --image "$image" -- \
		sh -c 'xz -dc --single-stream "$0" 2>"$0.log" || test $? = 1' "$out/index/payload.xz")
	size=$(stat -c %s "$out/index/all.klpidx")
	read -r hit miss names < <("$out/lookup" "$out/index/all.klpidx")
	{
		echo "# what	value"
		printf 'modules\t%s\n' "$total"
		printf 'input, MiB\t%s\n' "$(divide "$input" 1048576 %.1f)"
		printf 'names\t%s\n' "$names"
		printf 'size of the index, MiB\t%s\n' "$(divide "$size" 1048576 %.1f)"
		printf 'peak memory, MiB\t%s\n' "$(divide "$memory" 1024 %.1f)"
		printf 'peak memory / input\t%s\n' "$(divide "$((memory * 1024))" "$input" %.2f)"
		printf '`klpcc index`, wall ms\t%s\n' "$(divide "$wall" 1000 %.0f)"
		printf '`klpcc index`, processor ms\t%s\n' "$(divide "$cpu" 1000 %.0f)"
		printf '`nm` over the modules, wall ms\t%s\n' "$(divide "$nm_wall" 1000 %.0f)"
		printf '`klpcc index` of the image alone, wall ms\t%s\n' "$(divide "$image_wall" 1000 %.0f)"
		printf '`xz -dc` of the payload of the image, wall ms\t%s\n' "$(divide "$xz_wall" 1000 %.0f)"
		printf 'look-up of a name that is there, ns\t%s\n' "$hit"
		printf 'look-up of a name that is not, ns\t%s\n' "$miss"
	} >"$out/index-facts.tsv"
	limit "index of the kernel and $total modules: wall time, klpcc index / nm" 1.0 \
		"$(divide "$wall" "$nm_wall")"
	limit "look-up of a name in the index, hit: ns" 1000 "$hit"
	limit "look-up of a name in the index, miss: ns" 1000 "$miss"
	index_growth "$total"
}
