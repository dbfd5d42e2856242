/* SPDX-License-Identifier: GPL-2.0-or-later */
/* EXPORT_SYMBOL() of linux/export.h. */
#define EXPORT(name)                                                    \
	extern __typeof__(name) name;                                   \
	static void *__used __section(".discard.addressable")           \
		__UNIQUE_ID___addressable_##name##7 = (void *)&name;    \
	asm(".section \"__ksymtab_strings\",\"aMS\",%progbits,1\n"      \
	    "__kstrtab_" #name ": .asciz \"" #name "\"\n"               \
	    "__kstrtabns_" #name ": .asciz \"\"\n.previous\n"           \
	    ".section \"___ksymtab+" #name "\", \"a\"\n\t.balign 4\n"   \
	    "__ksymtab_" #name ": .long " #name "- ., __kstrtab_" #name \
	    " - ., __kstrtabns_" #name " - .\n.previous")
