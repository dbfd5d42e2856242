# SPDX-License-Identifier: GPL-2.0-or-later
#
# What the guest does with the stock 6.1, after guest.sh: loads everything, and calls replaced functions.
# corpus.exp judges.

# The shell prefers busybox's own: these have whole names below.
tar xf machine.tar -C / && rm machine.tar

# fs/proc/namespaces.c: the link's text, and the file that it leads to.
call_namespaces() {
	readlink /proc/self/ns/uts
	stat -L -c %i /proc/self/ns/uts
}

# mm/slub.c: inodes and names of a whole tree.
call_slub() {
	find /sys -maxdepth 5 >/tmp/found && [ -s /tmp/found ] && echo allocated
}

# net/ipv4/ip_fragment.c: packets of four fragments each.
call_ip_fragment() {
	ping -c 2 -s 4000 127.0.0.1 | grep received
}

call_sch_ets() {
	/sbin/tc qdisc add dev lo root handle 1: ets bands 3 strict 1 &&
		/sbin/tc qdisc change dev lo root handle 1: ets bands 4 strict 2 &&
		/sbin/tc class change dev lo classid 1:4 ets quantum 2000
	ping -c 2 127.0.0.1 | grep received
	/sbin/tc qdisc show dev lo
	/sbin/tc qdisc del dev lo root
}

call_sch_gred() {
	/sbin/tc qdisc add dev lo root gred setup DPs 2 default 1 &&
		/sbin/tc qdisc change dev lo root gred limit 60KB min 15K max 25K burst 20 \
			avpkt 1000 bandwidth 10Mbit DP 1 probability 0.1 prio 2
	ping -c 2 127.0.0.1 | grep received
	/sbin/tc qdisc show dev lo
	/sbin/tc qdisc del dev lo root
}

call_act_tunnel_key() {
	/sbin/tc qdisc add dev lo clsact &&
		/sbin/tc filter add dev lo egress matchall action tunnel_key set src_ip 127.0.0.1 \
			dst_ip 127.0.0.1 id 11
	/sbin/tc filter show dev lo egress | grep -c 'key_id 11'
	/sbin/tc qdisc del dev lo clsact
}

# fs/ext4/extents.c: what is written is there after a new mount.
call_extents() {
	mkdir -p /mnt && mount -o loop -t ext4 ext4.image /mnt || return
	for count in 1 2 3 4 5 6 7 8; do
		dd if=/bin/busybox of=/mnt/file$count bs=4k count=20 seek=$((count * 7)) 2>/dev/null
	done
	# Without data, then written to in the middle: the extent is split.
	fallocate -l 400000 /mnt/empty
	dd if=/bin/busybox of=/mnt/empty bs=4k seek=20 count=3 conv=notrunc 2>/dev/null
	sync
	cat /mnt/file* /mnt/empty | md5sum >/tmp/before
	umount /mnt && mount -o loop -t ext4 ext4.image /mnt || return
	cat /mnt/file* /mnt/empty | md5sum | cmp - /tmp/before && echo same files
	umount /mnt
}

# fs/readdir.c: a fault while an entry is written to user space.
call_readdir() { ./calls readdir; }

# fs/aio.c: the patch has its own descriptors of pr_debug(), in which the branch is switched.
call_aio() {
	echo 'module livepatch_aio +p' >/sys/kernel/debug/dynamic_debug/control || return
	./calls aio && dmesg | grep aio_read_events_ring | tail -n 1
}

call_dcache() {
	mkdir /tmp/new && echo here >/tmp/new/file && cat /tmp/new/file
}

call_act_mirred() {
	/sbin/tc qdisc add dev lo clsact &&
		/sbin/tc filter add dev lo egress matchall action mirred egress mirror dev vcan0
	ping -c 2 127.0.0.1 | grep received
	/sbin/tc qdisc del dev lo clsact
}

# net/ipv4/inet_hashtables.c: by a secret that DO_ONCE() has chosen before the patch was there.
start_connection() {
	mkfifo /tmp/said
	# nc ends when the other side says no more.
	sleep 100000 | nc -l -p 7000 >/tmp/heard &
	sleep 1
	nc 127.0.0.1 7000 </tmp/said &
	exec 7>/tmp/said
	echo before >&7
}

call_inet_hashtables() {
	echo still there >&7
	for second in 1 2 3 4 5 6 7 8 9 10; do
		! grep there /tmp/heard >/dev/null || break
		sleep 1
	done
	cat /tmp/heard
}

call_garbage() { ./calls unix; }
call_isotp() { ./calls isotp; }
call_bus() { ./calls j1939; }
call_pptp() { ./calls pptp; }

ifconfig lo 127.0.0.1 mtu 1000 up
section targets load_targets
section resolver insmod klpcc_resolver.ko
/sbin/ip link add dev vcan0 type vcan 2>/dev/null && /sbin/ip link set vcan0 up
start_connection
run_form object
