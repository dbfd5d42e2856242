/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * klpcc.h: what the author of a patch module includes to say which symbol of the running
 * kernel a declaration means, where a plain extern does not say enough:
 *
 *	extern int helper(void) klp_sympos(2);
 *	extern struct list_head vm_list klp_object("kvm");
 *
 * The macros become attributes of the klpcc plugin (__KLPCC__ is its sign) and vanish in a
 * compilation without it, so that one source builds both ways. A macro stands at the end
 * of a declaration. Where this header is included, __attribute__((klp_...)) would expand
 * twice; write the macro, or the attribute with underscores: __klp_object__.
 */
#ifndef KLPCC_H
#define KLPCC_H

#ifdef __KLPCC__
#define KLPCC_ATTRIBUTE(attribute) __attribute__((attribute))
#else
#define KLPCC_ATTRIBUTE(attribute)
#endif

/* The symbol lives in this object: "vmlinux" or the kernel's name of a module. */
#define klp_object(object) KLPCC_ATTRIBUTE(__klp_object__(object))

/* Of several symbols of that name in the object, the n-th as the kernel counts; 0: the only one. */
#define klp_sympos(n) KLPCC_ATTRIBUTE(__klp_sympos__(n))

/* The target's name of the symbol, where it is no name for C or not the one used here. */
#define klp_name(symbol) KLPCC_ATTRIBUTE(__klp_name__(symbol))

/* Resolve the references when this object is loaded, not when the symbol's object is. */
#define klp_gate(object) KLPCC_ATTRIBUTE(__klp_gate__(object))

/* Of several symbols of that name, the one of this source file: "net/ipv4/tcp.c", or "tcp.c". */
#define klp_source(file) KLPCC_ATTRIBUTE(__klp_source__(file))

/* Not from the target's own symbols: leave the reference to the module loader. */
#define klp_ordinary KLPCC_ATTRIBUTE(__klp_ordinary__)

/* Only asm text uses the name: the compiler cannot see that it is referenced. */
#define klp_used KLPCC_ATTRIBUTE(__klp_used__)

#endif
