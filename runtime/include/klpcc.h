/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * klpcc.h: for the author of a patch module, to say which symbol of the running kernel a
 * declaration means where a plain extern does not say enough:
 *
 *	extern int helper(void) klp_sympos(2);
 *	extern struct list_head vm_list klp_object("kvm");
 *
 * The macros expand to attributes of the klpcc plugin, which defines __KLPCC__, and to nothing in
 * a compilation without it, so that one source builds both ways. Write a macro at the end of a
 * declaration. Where this header is included, __attribute__((klp_...)) would be expanded twice:
 * write the macro, or the attribute with underscores: __klp_object__.
 */
#ifndef KLPCC_H
#define KLPCC_H

#ifdef __KLPCC__
#define KLPCC_ATTRIBUTE(attribute) __attribute__((attribute))
#else
#define KLPCC_ATTRIBUTE(attribute)
#endif

/* The symbol is in this object: "vmlinux" or the kernel's name of a module. */
#define klp_object(object) KLPCC_ATTRIBUTE(__klp_object__(object))

/* Of several symbols of that name in the object, the n-th as the kernel counts; 0: it is unique. */
#define klp_sympos(n) KLPCC_ATTRIBUTE(__klp_sympos__(n))

/* The target's name of the symbol, when it is not a name in C or not the one used here. */
#define klp_name(symbol) KLPCC_ATTRIBUTE(__klp_name__(symbol))

/* Resolve the references when this object is loaded, instead of when the symbol's object is. */
#define klp_gate(object) KLPCC_ATTRIBUTE(__klp_gate__(object))

/* Of several symbols of that name, the one from this source file: "net/ipv4/tcp.c" or "tcp.c". */
#define klp_source(file) KLPCC_ATTRIBUTE(__klp_source__(file))

/* Not a symbol to be marked: leave the reference to the module loader. */
#define klp_ordinary KLPCC_ATTRIBUTE(__klp_ordinary__)

/* Only asm text uses the name, so the compiler does not see a reference to it. */
#define klp_used KLPCC_ATTRIBUTE(__klp_used__)

/*
 * Declares the new code of a function that another unit of the patch replaces, compiled in
 * place of a file of the kernel (-fplugin-arg-klpcc-replace), for its struct klp_func:
 *
 *	KLPCC_REPLACES(do_fcntl);
 *	{ .old_name = "do_fcntl", .new_func = klpcc_new_do_fcntl },
 *
 * It has no type, as the types of a file's static functions may be the file's own.
 */
#define KLPCC_REPLACES(function) extern char klpcc_new_##function[]

/*
 * Says what the patch was made of, in a string that is written out, for who looks at a kernel in
 * which it is loaded:
 *
 *	KLPCC_ORIGIN("ticket 4711, version 2");
 *
 * `klpcc list` shows it. It is an ELF note, which the kernel shows in /sys/module/NAME/notes.
 */
#define KLPCC_ORIGIN(text)                           \
	asm(".pushsection .note.klpcc,\"a\",@note\n" \
	    ".balign 4\n"                            \
	    ".long 6, 11f - 10f, 1\n"                \
	    ".asciz \"klpcc\"\n"                     \
	    ".balign 4\n"                            \
	    "10: .ascii " #text "\n"                 \
	    "11: .balign 4\n"                        \
	    ".popsection")

#endif
