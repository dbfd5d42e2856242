# SPDX-License-Identifier: GPL-2.0-or-later
# Modules that the kernel refuses, and a resolver that is in use.
make
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
insmod away.ko
insmod livepatch-uptime.ko
rmmod klpcc_resolver
klpcc unload --all
