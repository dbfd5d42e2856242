# SPDX-License-Identifier: GPL-2.0-or-later
#
# What a patch module costs when it loads: the same modules in object form, which the resolver
# applies, and in mainline form, which the kernel applies itself, loaded in turn in one boot of
# a stock kernel. A module calls COUNT functions of vmlinux, each by another name, ten in a function:
# where each call has a function of its own, most of the time on newer kernels is ftrace's, which
# goes through all names of the module for each function. What is measured is insmod as a whole, in
# instructions: they are what the guest's clock counts (boot/run -i), so that what else this
# machine does does not show. Meanwhile nothing else runs in the guest: it is given the time to
# get through with its boot. The median where there are several rounds.
# bench sources this file.
#
# LOAD_KERNELS in the environment picks from 6.1 6.12 7.3; the newer ones need root, as
# kernels/system does.

load_counts='1 10 100 1000 5000'

# load_target VERSION: where modules for that kernel are built ($load_root is above all names),
# and with what.
load_target() {
	load_root= load_run=() load_top=$top load_build=$KLPCC_BUILD load_dir=$out/load/$1
	load_image=$image load_release=$release load_index=$index load_rounds=1
	if [ "$1" != 6.1 ]; then
		load_root=$("$top/testsuite/kernels/system" "$1") || exit 1
		load_run=("$top/testsuite/kernels/system" --run "$load_root")
		load_top=/build/klpcc load_build=/build/klpcc/build load_dir=/build/load
		load_image=$load_root/build/vmlinuz load_index=/build/load/stock.klpidx load_rounds=3
		load_release=$(cat "$("$top/testsuite/kernels/stock" --dir "$1")/release") || exit 1
	fi
	rm -rf "$load_root${load_dir:?}"
	mkdir -p "$load_root$load_dir/source"
	[ "$1" = 6.1 ] || "${load_run[@]}" $load_build/klpcc index -q -o "$load_index" \
		--release "$load_release" --image /build/vmlinuz \
		--symvers "/usr/src/linux-headers-$load_release/Module.symvers" || exit 1
}

load_source() {
	echo '#include "headers.h"'
	"$out/externs" "$load_root$load_index" "$1" 10 <"$out/load/words" ||
		die "cannot write $1 externs"
	cat <<-END
		static int __init bench_init(void)
		{
			return 0;
		}
		static void __exit bench_exit(void)
		{
		}
		module_init(bench_init);
		module_exit(bench_exit);
		MODULE_DESCRIPTION("klpcc bench");
	END
}

# The words that the kernel's headers mention, which externs.c keeps away from.
load_words() {
	local dir=$load_dir/words
	mkdir -p "$load_root$dir"
	cp "$here/headers.h" "$load_root$dir"
	echo '#include "headers.h"' >"$load_root$dir/words.c"
	echo 'obj-m := words.o' >"$load_root$dir/Kbuild"
	"${load_run[@]}" make -s -C "/usr/src/linux-headers-$load_release" M="$dir" words.i \
		>"$load_root$dir/log" 2>&1 || die "no words, see $load_root$dir/log"
	tr -c 'A-Za-z0-9_' '\n' <"$load_root$dir/words.i" | grep '^[A-Za-z_]' | sort -u >"$out/load/words"
}

load_sources() {
	local n dir=$load_root$load_dir/source
	load_words
	cp "$here/headers.h" "$dir"
	echo "include $load_top/kbuild-integration/klpcc.mk" >"$dir/Makefile"
	for n in $load_counts; do
		load_source "$n" >"$dir/bench_$n.c"
		echo "obj-m += bench_$n.o" >>"$dir/Kbuild"
	done
}

# load_make DIRECTORY ARG...: make there, for the kernel.
load_make() {
	local dir=$1
	shift
	"${load_run[@]}" make -s -C "$dir" KLPCC_RELEASE="$load_release" KLPCC_INDEX="$load_index" "$@" \
		>"$load_root$load_dir/log" 2>&1 || die "the modules do not build, see $load_root$load_dir/log"
}

# load_modules FORM: the modules, as FORM-COUNT.ko.
load_modules() {
	local n dir=$load_root$load_dir
	cp -r "$dir/source" "$dir/$1"
	load_make "$load_dir/$1" KLPCC_BUILD="$load_build" KLPCC_FORM="$1"
	for n in $load_counts; do
		mv "$dir/$1/bench_$n.ko" "$dir/$1-$n.ko"
	done
}

# Nothing goes to the console meanwhile: qemu's serial port takes longer than some of the loads.
load_script() {
	cat <<-END
		mark() { echo "mark \$1" >/dev/kmsg; }
		load() {
			mark \$1-\$2-begin
			insmod \$1-\$2.ko || return
			mark \$1-\$2-end
			rmmod bench_\$2
		}
		section resolver insmod klpcc_resolver.ko
		sleep 10
		dmesg -n 1
		echo 1 >/sys/module/printk/parameters/time
		for round in $(seq -s ' ' "$load_rounds"); do
			for count in $load_counts; do
				case \$round in
				*[13579]) load object \$count; load mainline \$count ;;
				*) load mainline \$count; load object \$count ;;
				esac
			done
		done
		dmesg | grep -E 'mark |klpcc_resolver: ' >/tmp/marks
		echo 0 >/sys/module/printk/parameters/time
		dmesg -n 8
		section marks cat /tmp/marks
	END
}

# load_time FORM COUNT: thousands of instructions of insmod, which are microseconds of the clock.
load_time() {
	awk -v begin="mark $1-$2-begin" -v end="mark $1-$2-end" '
		{ time = $0; sub(/^\| \[ */, "", time); sub(/\].*/, "", time); text = $0; sub(/^\| \[[^]]*\] /, "", text) }
		text == begin { from = time }
		text == end { printf "%.0f\n", (time - from) * 1e6 }' "$load_dir/console" | sort -n |
		awk '{ time[NR] = $1 } END { if (!NR) exit 1; print time[int((NR + 1) / 2)] }' ||
		die "$1-$2.ko was not loaded, see $load_dir/console"
}

# 1,000 relocations must be 200 times faster where the kernel scans kallsyms for each of its own, and
# no slower where it does not. A few show what each load costs: the checks, and a line in the log.
load_limit() {
	case $1-$2 in
	6.1-1000) echo 0.005 ;;
	6.1-* | *-1000 | *-5000) echo 1.0 ;;
	*) echo 1.25 ;;
	esac
}

load_kernel() {
	local n object mainline
	load_target "$1"
	load_sources
	load_modules object
	load_modules mainline
	load_make "$load_top" BUILD="$load_build" DEST="$load_dir" resolver
	load_dir=$load_root$load_dir
	load_script >"$load_dir/script"
	"$top/kbuild-integration/boot/run" -i -m 1024 -t 3000 -k "$load_image" -s "$load_dir/script" \
		-c "$load_dir/console" "$load_dir"/*.ko ||
		die "the guest did not get through, see $load_dir/console"
	for n in $load_counts; do
		object=$(load_time object "$n") mainline=$(load_time mainline "$n") || exit 1
		printf '%s\t%s\t%s\t%s\n' "$1" "$n" "$object" "$mainline" >>"$out/load.tsv"
		limit "load of $n relocations on $1: object form / mainline form" "$(load_limit "$1" "$n")" \
			"$(divide "$object" "$mainline" %.4f)"
	done
}

load() {
	local kernel
	rm -rf "$out/load"
	mkdir -p "$out/load"
	build externs
	echo "# kernel	relocations	object instructions/1000	mainline instructions/1000" >"$out/load.tsv"
	for kernel in ${LOAD_KERNELS:-6.1 6.12 7.3}; do
		load_kernel "$kernel"
	done
}
