# SPDX-License-Identifier: GPL-2.0-or-later
# Modules that the kernel refuses, and one that is not unloaded as it should be.
for name in missing notrace other object; do
	cp patch.c $name.c
done
sed -i 's/"version_proc_show"/"no_such_function"/' missing.c
sed -i 's/"version_proc_show"/"do_syscall_64"/' notrace.c
echo 'obj-m := missing.o notrace.o other.o livepatch-uptime.o
livepatch-uptime-y := patch.o' >Kbuild
make
sed -i "s/SMP preempt mod_unload/SMP PREEMPT mod_unload/" other.ko
mkdir other
cp object.c other/
echo 'include ../../klpcc/kbuild-integration/klpcc.mk' >other/Makefile
echo 'obj-m := object.o' >other/Kbuild
make -C other KLPCC_FORM=object
mv other/object.ko .
# as root
for name in missing notrace other object; do
	insmod $name.ko
done
insmod livepatch-uptime.ko
insmod livepatch-uptime.ko
rmmod livepatch_uptime
echo 0 >/sys/kernel/livepatch/livepatch_uptime/enabled
while [ -e /sys/kernel/livepatch/livepatch_uptime ]; do sleep 1; done
rmmod livepatch_uptime
