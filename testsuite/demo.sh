#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# `make demo`: from a fix, and from C, to a loaded livepatch. Takes a stock Debian kernel, and has
# `klpcc patch` make a livepatch of a diff and test it. Then it does by hand what is below that: it
# indexes the kernel, builds the sample patch and the resolver with the stock headers, boots that
# kernel, unmodified, in qemu, and shows /proc/cmdline before the load, after it, and after the
# unload, and what the resolver says about itself.
#
# `make demo ARCH=s390` does the latter for s390. No Debian kernel of that machine has livepatching,
# so the kernel is built from Debian's source; the modules come from the cross compiler.
#
# Nothing of this machine's own kernel is touched. The last line is "demo: PASS", or
# "demo: FAIL: reason" with a non-zero exit.

set -u

# What is set for patches of one's own is not meant for the demo, nor is what was said to the make
# that starts it for the kernel's: CC there is the compiler of the tool.
for variable in "${!KLPCC_@}" ARCH CROSS_COMPILE CC CXX; do
	unset "$variable"
done
export MAKEFLAGS=${MAKEFLAGS-}
MAKEFLAGS=${MAKEFLAGS%% -- *}

top=$(cd "$(dirname "$0")/.." && pwd) || exit 1
build=$(realpath -m "${1:-$top/build}")
machine=${2:-x86_64}
guest=()
work=$build/demo
sample=$top/kbuild-integration/sample

fail()
{
	echo "demo: FAIL: $*"
	exit 1
}

step()
{
	printf '\n== %s\n' "$*"
}

# Shows a command as one would type it from the top of the clone, and runs it.
run()
{
	local shown="$*"

	shown=${shown//="$top"\//=\$PWD/}
	shown=${shown//"$top"\//}
	echo "\$ ${shown//"$HOME"\//\~/}"
	"$@"
}

# output NAME: what the guest printed in the section NAME.
output()
{
	awk -v name="$1" '
		$0 ~ "^== end " { inside = 0 }
		inside && sub(/^[|] /, "") { print }
		$0 == "== begin " name { inside = 1 }' "$work/console"
}

show()
{
	echo "$1"
	output "$2" | sed 's/^/    /'
}

mkdir -p "$work" || fail "$work: cannot be created"
[ -x "$build/klpcc" ] && [ -e "$build/klpcc.so" ] || fail "$build: klpcc is not built (run make)"

# Each sets release, image, headers (where modules are built), modules (a directory with the
# kernel's own), and for_kernel: what make is told of the machine.
stock_kernel()
{
	step "A stock Debian kernel"
	local dir
	dir=$("$top/testsuite/kernels/stock" 6.1) || fail "no stock kernel (see above)"
	release=$(cat "$dir/release") || fail "$dir: no release"
	image=$dir/boot/vmlinuz-$release
	modules=$dir/lib/modules/$release
	headers=/usr/src/linux-headers-$release
	for_kernel=()
	[ -e "$headers/Module.symvers" ] ||
		fail "$headers is not there; install the Debian package linux-headers-$release"
	echo "linux-image-$release, with the headers of linux-headers-$release"
}

s390_kernel()
{
	step "A kernel for s390, from Debian's source (some minutes when it is not there yet)"
	headers=$("$top/testsuite/kernels/built" s390) || fail "no kernel (see above)"
	release=$(cat "$headers/include/config/kernel.release") || fail "$headers: no release"
	image=$headers/arch/s390/boot/bzImage
	modules=$headers/samples
	for_kernel=(ARCH=s390 CROSS_COMPILE=s390x-linux-gnu- KLPCC_KDIR="$headers")
	busybox=$("$top/testsuite/kernels/foreign" s390x busybox-static) ||
		fail "no busybox for the guest (see above)"
	guest=(-M s390 -b "$busybox/bin/busybox")
	echo "$release, built from linux-source-6.1 with CONFIG_LIVEPATCH"
}

# What README.md begins with.
patch_kernel()
{
	local fix=kbuild-integration/sample/cmdline
	cd "$top" || exit 1
	step "A fix of this kernel"
	sed 's/^/    /' $fix.patch

	step "Make a livepatch of it, and test it in qemu (a minute more if there is no source tree yet)"
	run "$build/klpcc" patch --release "$release" --image "$image" --modules "$modules" \
		--output "$work/livepatch-cmdline" --test $fix.sh $fix.patch ||
		fail "the livepatch of the fix"
}

case $machine in
x86_64)
	stock_kernel
	patch_kernel
	;;
s390) s390_kernel ;;
*) fail "no demo for ARCH=$machine: x86_64 (default) and s390 have one" ;;
esac

step "The sample patch, which is written by hand. Index: what this kernel has, and what it exports"
run "$build/klpcc" index -o "$work/$release.klpidx" --release "$release" \
	--symvers "$headers/Module.symvers" --image "$image" --modules "$modules" ||
	fail "klpcc index"

step "Build the sample patch: kbuild, with the plugin in the compiler and klpcc link at the end"
settings=(KLPCC_RELEASE="$release" KLPCC_INDEX="$work/$release.klpidx" "${for_kernel[@]}")
[ "$build" = "$top/build" ] || settings+=(KLPCC_BUILD="$build")
run make -C "$sample" --no-print-directory "${settings[@]}" || fail "the sample does not build"
module=$sample/livepatch-sample.ko

step "Build the resolver, which applies what the link made, for the same kernel"
run make -C "$sample" --no-print-directory "${settings[@]}" klp-resolver ||
	fail "the resolver does not build"

step "What the plugin and the link made of the names that the kernel does not export"
readelf -sW "$module" | awk '$7 == "OS" || /\.klp\./ { print "    " $NF }'

step "Boot $release in qemu, load the resolver and the patch, unload both"
cat >"$work/script" <<'END'
load() { insmod livepatch-sample.ko && settled livepatch_sample; }
section before cat /proc/cmdline
section resolver insmod klpcc_resolver.ko
section load load
section after cat /proc/cmdline
section listing cat /sys/kernel/debug/klpcc/modules
section unload unpatch livepatch_sample
section leave rmmod klpcc_resolver
section end cat /proc/cmdline
END
"$top/kbuild-integration/boot/run" "${guest[@]}" -k "$image" -s "$work/script" \
	-c "$work/console" "$module" "$sample/klpcc_resolver.ko" ||
	fail "the guest did not get through"

show "/proc/cmdline before:" before
for name in resolver load listing unload leave; do
	grep -q "^== end $name rc=0$" "$work/console" ||
		fail "$name: $(output $name | head -n 1); console: $work/console"
done
show "with the patch loaded:" after
show "/sys/kernel/debug/klpcc/modules:" listing
show "after the unload:" end

problem=$(grep -m 1 -E 'BUG: |WARNING: |Oops|Call Trace|general protection' "$work/console") &&
	fail "the kernel complains: $problem; console: $work/console"
[ -n "$(output before)" ] && [ "$(output after | head -n 1)" = "$(output before)" ] ||
	fail "the command line itself is not shown; console: $work/console"
output after | grep -qE '^livepatched by klpcc, [1-9][0-9]* processes, load average [0-9]+\.' ||
	fail "/proc/cmdline did not change; console: $work/console"
output listing | grep -qx 'livepatch_sample \.klp\.vmlinux\.rela\.\.text vmlinux [1-9] applied' ||
	fail "the resolver does not say that it applied the patch; console: $work/console"
[ "$(output end)" = "$(output before)" ] ||
	fail "/proc/cmdline is not what it was; console: $work/console"
echo
echo "demo: PASS"
