# SPDX-License-Identifier: GPL-2.0-or-later
# The resolver where ftrace is switched off.
make klp-resolver
# as root
echo 0 >/proc/sys/kernel/ftrace_enabled
insmod klpcc_resolver.ko
echo 1 >/proc/sys/kernel/ftrace_enabled
