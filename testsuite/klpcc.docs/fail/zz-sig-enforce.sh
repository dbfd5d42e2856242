# SPDX-License-Identifier: GPL-2.0-or-later
# Signed modules only. This cannot be taken back, and the kernel asks for it before it asks whether it
# is locked down, so it comes last.
make
# as root
echo 1 >/sys/module/module/parameters/sig_enforce
insmod livepatch-uptime.ko
