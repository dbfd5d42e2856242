// SPDX-License-Identifier: GPL-2.0-or-later
/* Lists that the build, the module loader or the kernel reads by their sections: the patch adds nothing. */
/* { dg-do assemble } */
/* { dg-replace "replaced" } */
#include "kernel.h"

int first;

#define RECORD(number, place) static int *__used __section(place) record_##number = &first
#define PUBLIC(number, place) int *__used __section(place) record_##number = &first

RECORD(1, "__param");
RECORD(2, ".initcall6.init");
RECORD(3, ".con_initcall.init");
RECORD(4, ".init.setup");
RECORD(5, ".exitcall.exit");
RECORD(6, "___ksymtab_gpl+first");
RECORD(7, "__ksymtab_strings");
RECORD(8, "___kcrctab+first");
RECORD(9, "__kcrctab");
RECORD(10, ".export_symbol");
RECORD(11, ".discard.addressable");
RECORD(12, "__tracepoints_ptrs");
RECORD(13, "__tracepoints_strings");
RECORD(14, "_ftrace_events");
RECORD(15, "_ftrace_eval_map");
RECORD(16, "__syscalls_metadata");
PUBLIC(17, "__bpf_raw_tp_map");
RECORD(18, "_error_injection_whitelist");
RECORD(19, "_kprobe_blacklist");
RECORD(20, "__modver");
RECORD(21, ".BTF_ids");
/* For people: it may change. */
#ifdef FIXED
static const char __used __section(".modinfo") record_22[] = "author=one";
static const char __used __section(".modinfo") record_23[] = "author=two";
#else
static const char __used __section(".modinfo") record_22[] = "author=nobody";
#endif

int replaced(int x)
{
#ifdef FIXED
	x++;
#endif
	return first + x;
}

/* { dg-final { scan-symbols "WEAK DEFAULT UND first\.klp\.vmlinux$" } } */
/* { dg-final { scan-symbols-not "record_" } } */
/* { dg-final { scan-sections-not "param|call|setup|ksymtab|kcrctab|export|discard|tracepoints|_ftrace|metadata|raw_tp|whitelist|blacklist|modver|BTF_ids|modinfo" } } */
