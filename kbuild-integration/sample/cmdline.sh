# SPDX-License-Identifier: GPL-2.0-or-later
#
# The test of cmdline.patch, for `klpcc patch --test`: the new line is there with the livepatch, and
# only then.

cat /proc/cmdline
lines=$(grep -c '^livepatched by klpcc, [1-9][0-9]* processes$' /proc/cmdline)
case $1 in
patched) [ "$lines" = 1 ] ;;
*) [ "$lines" = 0 ] ;;
esac
