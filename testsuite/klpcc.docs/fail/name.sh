# SPDX-License-Identifier: GPL-2.0-or-later
# Functions of the module's own that are called like one of the kernel's: one that the kernel
# does not export, and one that it does.
cp patch.c before.c
echo 'int uptime_proc_show(struct seq_file *m, void *v);
int uptime_proc_show(struct seq_file *m, void *v) { return 0; }' >own.c
sed -i '1i #include <linux/seq_file.h>' own.c
echo 'livepatch-uptime-y += own.o' >>Kbuild
make
echo 'unsigned long gcd(unsigned long a, unsigned long b);
unsigned long gcd(unsigned long a, unsigned long b) { return a + b; }' >own.c
sed 's/^extern.*/extern unsigned long gcd(unsigned long a, unsigned long b);/
	s/return uptime_proc_show(m, v);/return gcd(15, 10);/' before.c >patch.c
make
