# SPDX-License-Identifier: GPL-2.0-or-later
# boot/run with a file that is not there, and with a guest that does not end.
echo 'sleep 100' >guest
../klpcc/kbuild-integration/boot/run -k /boot/vmlinuz -s guest -c console
../klpcc/kbuild-integration/boot/run -k /boot/vmlinuz-$(uname -r) -s guest -c console -t 1
