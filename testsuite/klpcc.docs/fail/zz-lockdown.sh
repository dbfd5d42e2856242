# SPDX-License-Identifier: GPL-2.0-or-later
# Secure Boot makes Debian's kernel lock itself down; here it is told to. This cannot be taken
# back, so it comes late.
make
# as root
echo integrity >/sys/kernel/security/lockdown
insmod livepatch-uptime.ko
