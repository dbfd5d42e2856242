# SPDX-License-Identifier: GPL-2.0-or-later
# Modules that the kernel refuses, and one that is not unloaded as it should be.
for name in missing notrace other; do
	cp patch.c $name.c
done
echo 'obj-m := missing.o notrace.o other.o livepatch-uptime.o
livepatch-uptime-y := patch.o' >Kbuild
make
# Compiler, link and verifier would refuse these names. A name is as long as the one before it.
sed -i 's/\bversion_proc_show\x0/no_such_function_\x0/' missing.ko
sed -i 's/\bversion_proc_show\x0/do_syscall_64\x0\x0\x0\x0\x0/' notrace.ko
sed -i "s/SMP preempt mod_unload/SMP PREEMPT mod_unload/" other.ko
# A link that knows of no kernel takes every name.
mkdir away
sed 's/uptime_proc_show/no_such_thing/; s/extern.*;/&\nasm(".weak no_such_thing.klp.vmlinux\\n.set no_such_thing, no_such_thing.klp.vmlinux");/' patch.c >away/away.c
echo 'obj-m := away.o' >away/Kbuild
make -C /lib/modules/$(uname -r)/build M=$PWD/away modules
../klpcc/build/klpcc link away/away.ko
mv away/away.ko .
make klp-resolver
# as root
insmod livepatch-uptime.ko
insmod klpcc_resolver.ko
for name in missing notrace other away; do
	insmod $name.ko
done
insmod livepatch-uptime.ko
insmod livepatch-uptime.ko
rmmod livepatch_uptime
rmmod klpcc_resolver
echo 0 >/sys/kernel/livepatch/livepatch_uptime/enabled
while [ -e /sys/kernel/livepatch/livepatch_uptime ]; do sleep 1; done
rmmod livepatch_uptime
rmmod klpcc_resolver
