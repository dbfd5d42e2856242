# SPDX-License-Identifier: GPL-2.0-or-later
# A gcc without its package for plugins says the name of the directory only.
mkdir bin none
echo 'case $1 in -print-file-name=plugin) echo plugin ;; *) exec /usr/bin/gcc "$@" ;; esac' >bin/gcc
chmod +x bin/gcc
PATH=$PWD/bin:$PATH make -C ../klpcc BUILD=$PWD/none plugin
