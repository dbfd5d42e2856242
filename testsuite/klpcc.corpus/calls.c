// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Calls replaced functions in a guest, where no program of busybox does: what each part does and sees
 * is printed for corpus.exp to compare.
 *
 *	calls unix|isotp|j1939|pptp|readdir|aio
 */
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

/* After the C library's, which they make room for. */
#include <linux/aio_abi.h>
#include <linux/can.h>
#include <linux/can/isotp.h>
#include <linux/can/j1939.h>
#include <linux/can/raw.h>
#include <linux/if_pppox.h>
#include <linux/ppp-ioctl.h>

static int must(const char *what, int result)
{
	if (result >= 0)
		return result;
	printf("%s: %s\n", what, strerror(errno));
	exit(1);
}

/* Sends a socket through itself. */
static void send_socket(int through, int sent)
{
	union {
		char bytes[CMSG_SPACE(sizeof(int))];
		struct cmsghdr header;
	} control = { { 0 } };
	struct iovec iov = { "x", 1 };
	struct msghdr message = { .msg_iov = &iov,
				  .msg_iovlen = 1,
				  .msg_control = &control,
				  .msg_controllen = sizeof(control) };

	control.header.cmsg_level = SOL_SOCKET;
	control.header.cmsg_type = SCM_RIGHTS;
	control.header.cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(&control.header), &sent, sizeof(sent));
	must("sendmsg", (int)sendmsg(through, &message, 0));
}

/* The fields of a line of /proc/net/protocols: how many sockets there are. */
static long count_sockets(const char *protocol)
{
	char line[256], name[64];
	long size, sockets = -1;
	FILE *file = fopen("/proc/net/protocols", "r");

	while (file && fgets(line, sizeof(line), file))
		if (sscanf(line, "%63s %ld %ld", name, &size, &sockets) == 3 &&
		    !strcmp(name, protocol))
			break;
	if (file)
		fclose(file);
	return sockets;
}

/* Two sockets that only each other hold: the collector of garbage ends them (net/unix/garbage.c). */
static void call_unix(void)
{
	long before = count_sockets("UNIX-STREAM"), after = -1;
	int pair[2];

	for (int i = 0; i < 100; i++) {
		must("socketpair", socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
		send_socket(pair[0], pair[0]);
		send_socket(pair[1], pair[1]);
		close(pair[0]);
		close(pair[1]);
	}
	for (int i = 0; i < 100 && after != before; i++) {
		/* Closing a socket starts it. */
		close(must("socket", socket(AF_UNIX, SOCK_STREAM, 0)));
		usleep(100000);
		after = count_sockets("UNIX-STREAM");
	}
	printf("sockets left %ld\n", after - before);
}

static struct sockaddr_can can_address(void)
{
	struct sockaddr_can address = { .can_family = AF_CAN };

	address.can_ifindex = (int)if_nametoindex("vcan0");
	return address;
}

/* A message whose rest never comes: the timer tells so (net/can/isotp.c). */
static void call_isotp(void)
{
	struct sockaddr_can address = can_address();
	struct can_frame frame = { .can_id = 0x123,
				   .can_dlc = 8,
				   .data = { 0x10, 0x14, 1, 2, 3, 4, 5, 6 } };
	char bytes[64];
	int raw, isotp;

	raw = must("raw", socket(PF_CAN, SOCK_RAW, CAN_RAW));
	must("bind raw", bind(raw, (struct sockaddr *)&address, sizeof(address)));
	isotp = must("isotp", socket(PF_CAN, SOCK_DGRAM, CAN_ISOTP));
	address.can_addr.tp.tx_id = 0x321;
	address.can_addr.tp.rx_id = 0x123;
	must("bind isotp", bind(isotp, (struct sockaddr *)&address, sizeof(address)));
	must("write", (int)write(raw, &frame, sizeof(frame)));
	if (read(isotp, bytes, sizeof(bytes)) < 0)
		printf("isotp %s\n", strerror(errno));
}

/* A name on the bus, made and released (net/can/j1939/bus.c). */
static void call_j1939(void)
{
	struct sockaddr_can address = can_address();
	int j1939 = must("j1939", socket(PF_CAN, SOCK_DGRAM, CAN_J1939));

	address.can_addr.j1939.name = 0x1234;
	address.can_addr.j1939.addr = 0x20;
	address.can_addr.j1939.pgn = J1939_NO_PGN;
	must("bind j1939", bind(j1939, (struct sockaddr *)&address, sizeof(address)));
	address.can_addr.j1939.addr = 0x21;
	printf("j1939 %s\n", bind(j1939, (struct sockaddr *)&address, sizeof(address)) < 0
				     ? strerror(errno)
				     : "bound");
	close(j1939);
}

/* A peer that the machine itself is (drivers/net/ppp/pptp.c). */
static void call_pptp(void)
{
	struct sockaddr_pppox address = { .sa_family = AF_PPPOX,
					  .sa_protocol = PX_PROTO_PPTP };
	int pptp = must("pptp", socket(AF_PPPOX, SOCK_STREAM, PX_PROTO_PPTP));
	int channel = -1;

	address.sa_addr.pptp.call_id = 7;
	address.sa_addr.pptp.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	must("bind pptp", bind(pptp, (struct sockaddr *)&address, sizeof(address)));
	address.sa_addr.pptp.call_id = 8;
	must("connect pptp", connect(pptp, (struct sockaddr *)&address, sizeof(address)));
	must("channel", ioctl(pptp, PPPIOCGCHAN, &channel));
	printf("pptp connected, channel %s\n", channel >= 0 ? "there" : "missing");
}

/* Entries of a directory to where nothing can be written (fs/readdir.c). */
static void call_readdir(void)
{
	int directory = must("open", open("/proc", O_RDONLY | O_DIRECTORY));
	long got = syscall(SYS_getdents64, directory, (void *)8, 4096L);

	printf("readdir %s\n", got < 0 ? strerror(errno) : "done");
}

/* Looks into a ring in which there is nothing (fs/aio.c). */
static void call_aio(void)
{
	struct timespec at_once = { 0 };
	aio_context_t context = 0;
	struct io_event event;

	must("io_setup", (int)syscall(SYS_io_setup, 1, &context));
	must("io_getevents",
	     (int)syscall(SYS_io_getevents, context, 0L, 1L, &event, &at_once));
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		void (*call)(void);
	} calls[] = { { "unix", call_unix },       { "isotp", call_isotp },
		      { "j1939", call_j1939 },     { "pptp", call_pptp },
		      { "readdir", call_readdir }, { "aio", call_aio } };

	for (size_t i = 0; i < sizeof(calls) / sizeof(*calls); i++)
		if (argc == 2 && !strcmp(argv[1], calls[i].name)) {
			calls[i].call();
			return 0;
		}
	return 2;
}
