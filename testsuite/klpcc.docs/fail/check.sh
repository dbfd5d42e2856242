# SPDX-License-Identifier: GPL-2.0-or-later
# check.sh without the resolver, with a patch that does not load, and with one that changes
# something else.
sed 's/"version_proc_show"/"cmdline_proc_show"/' patch.c >else.c
mv else.c patch.c
make
make klp-resolver
# as root
mv klpcc_resolver.ko away
sh check.sh
mv away klpcc_resolver.ko
sh check.sh
echo 0 >/sys/kernel/livepatch/livepatch_uptime/enabled
while [ -e /sys/kernel/livepatch/livepatch_uptime ]; do sleep 1; done
rmmod livepatch_uptime
rm livepatch-uptime.ko
sh check.sh
rmmod klpcc_resolver
