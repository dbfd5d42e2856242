/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of these tests take from the kernel's headers. */
#define noinline __attribute__((__noinline__, __noclone__))
#define notrace __attribute__((no_instrument_function))
#define __used __attribute__((used))
#define __section(name) __attribute__((section(name)))
#define __init __section(".init.text") notrace
#define __weak __attribute__((weak))
#define __cold __attribute__((cold))

int elsewhere(int x);
int register_callback(int (*callback)(int));
