# SPDX-License-Identifier: GPL-2.0-or-later
# A function of the module's own that is called like one of the kernel's.
echo 'int uptime_proc_show(struct seq_file *m, void *v);
int uptime_proc_show(struct seq_file *m, void *v) { return 0; }' >own.c
sed -i '1i #include <linux/seq_file.h>' own.c
echo 'livepatch-uptime-y += own.o' >>Kbuild
make
