# SPDX-License-Identifier: GPL-2.0-or-later
# Each file of the directory wrong in its turn.
echo 'include ../../klpcc.mk' >Makefile
make
echo 'include ../klpcc/kbuild-integration/klpcc.mk' >Makefile
make KLPCC_RELEASE=6.1.0-1-amd64
echo 'obj-n := livepatch-uptime.o' >Kbuild
make
