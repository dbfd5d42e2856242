# SPDX-License-Identifier: GPL-2.0-or-later
# A machine that lacks what the guide starts with.
ls /boot/vmlinuz-6.1.0-1-amd64
sudo apt-get install linux-headers-6.1.0-1-amd64
PKG_CONFIG_LIBDIR=/nowhere make -C ../klpcc BUILD=$PWD/none
