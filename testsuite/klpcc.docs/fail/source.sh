# SPDX-License-Identifier: GPL-2.0-or-later
# Sources that do not compile or link: one module each, and all of them in one build.
for name in ambiguous init; do
	cp patch.c $name.c
done
sed -i 's/uptime_proc_show/m_show/' ambiguous.c
sed -i 's/uptime_proc_show/proc_uptime_init/' init.c
echo 'obj-m := ambiguous.o init.o' >Kbuild
make -k
# What modpost refuses.
cp patch.c undefined.c
sed -i 's/uptime_proc_show/uptime_show/' undefined.c
echo 'obj-m := undefined.o' >Kbuild
make
# What klpcc link refuses.
cp patch.c plain.c
sed -i '/MODULE_INFO/d' plain.c
echo 'obj-m := plain.o' >Kbuild
make
