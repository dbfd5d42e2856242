// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Instances: see instance.h.
 */
#include "instance.h"
#include "original.h"

/* Names that the compiler or the kernel's macros give; see the comments. */
static const char *const names[] = {
	"__func__",                                              /* the compiler */
	"__FUNCTION__", "__PRETTY_FUNCTION__", "__already_done", /* linux/once_lite.h */
	"__warned",     /* linux/rcupdate.h, asm-generic/bug.h of old kernels */
	"__print_once", /* linux/printk.h of old kernels */
	"_rs",          /* linux/ratelimit.h, linux/printk.h */
	"__key",        /* linux/lockdep.h and those that initialize locks */
	"___once_key",  /* linux/once.h; see is_of_kernel() */
};

/* Sections of such data, by how their names begin: include/asm-generic/vmlinux.lds.h. */
static const char *const places[] = {
	".data.once",
	".data..once",
	"__dyndbg",
	".printk_index",
	"__trace_printk_fmt",
	"__tracepoint_str",
	"_ftrace_annotated_branch",
	"_ftrace_branch",
};

/* Sections that are lists: the same file, and scripts/module.lds.S. */
static const char *const lists[] = {
	".modinfo",
	"__param",
	".initcall",
	".con_initcall",
	".init.setup",
	".exitcall",
	"___ksymtab",
	"__ksymtab",
	"___kcrctab",
	"__kcrctab",
	".export_symbol",
	".discard",
	"__tracepoints_ptrs",
	"__tracepoints_strings",
	"_ftrace_events",
	"_ftrace_eval_map",
	"__syscalls_metadata",
	"__bpf_raw_tp_map",
	"_error_injection_whitelist",
	"_kprobe_blacklist",
	"__modver",
	".BTF_ids",
};

static bool begins_with_one(const char *text, const char *const *list, size_t count)
{
	for (size_t i = 0; text && i < count; i++)
		if (!strncmp(text, list[i], strlen(list[i])))
			return true;
	return false;
}

static bool is_named(tree decl)
{
	const char *name = DECL_NAME(decl) ? IDENTIFIER_POINTER(DECL_NAME(decl)) : "";

	for (const char *known : names)
		if (!strcmp(name, known))
			return true;
	/*
	 * The entry of a message, to which a pointer in .printk_index points (linux/printk.h), and
	 * the text of NL_SET_ERR_MSG() (linux/netlink.h).
	 */
	return TREE_READONLY(decl) && (!strcmp(name, "_entry") || !strcmp(name, "__msg"));
}

static bool is_in_function(tree decl)
{
	return DECL_CONTEXT(decl) && TREE_CODE(DECL_CONTEXT(decl)) == FUNCTION_DECL;
}

/*
 * The flag and the key of DO_ONCE() (linux/once.h): what it calls must not be called again in a
 * kernel where it has been, such as to choose the secret by which tables are hashed. Where the
 * key is a module's, no branch of the patch can depend on it, and the flag, which is asked next,
 * is enough.
 */
static bool is_of_kernel(const struct klpcc_unit *unit, tree decl)
{
	const char *name = DECL_NAME(decl) ? IDENTIFIER_POINTER(DECL_NAME(decl)) : "";

	return !strcmp(name, "___done") ||
	       (!strcmp(name, "___once_key") && !klpcc_original_in_module(unit));
}

/*
 * What code puts on a list, as static_call() puts its key on .discard.addressable, is of
 * that code.
 */
bool klpcc_is_instance(const struct klpcc_unit *unit, tree decl)
{
	if (is_of_kernel(unit, decl))
		return false;
	return (is_in_function(decl) &&
		(is_named(decl) || klpcc_is_record_place(DECL_SECTION_NAME(decl)))) ||
	       begins_with_one(DECL_SECTION_NAME(decl), places,
			       sizeof(places) / sizeof(places[0]));
}

bool klpcc_is_record_asm(tree text)
{
	static const char *const directives[] = { ".include", ".macro", ".altmacro" };
	const char *start = TREE_STRING_POINTER(text);

	start += strspn(start, " \t\n;");
	return !begins_with_one(start, directives,
				sizeof(directives) / sizeof(directives[0]));
}

bool klpcc_is_record_place(const char *place)
{
	return begins_with_one(place, lists, sizeof(lists) / sizeof(lists[0]));
}

bool klpcc_is_record(tree decl)
{
	return !is_in_function(decl) && klpcc_is_record_place(DECL_SECTION_NAME(decl));
}
