// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * More symbols than a GOT of 4 KiB has slots: names.c has them, made from the kernel's own. A line
 * of /proc/klpcc_many is what the module has for one: NUMBER, the address in the GOT, in data, and
 * in the slot of the PLT to which the call goes.
 */
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/string.h>

#include "slots.h"

extern const unsigned long klpcc_table[];
extern const unsigned int klpcc_count;
unsigned long klpcc_address(unsigned int number);
void klpcc_call_all(void);

static bool call;
module_param(call, bool, 0444);

/* The next brasl %r14, from an instruction on. */
static const unsigned char *next_call(const unsigned char *code)
{
	while (code[0] != 0xc0 || code[1] != 0xe5)
		/* Of what length an instruction is stands in its first two bits. */
		code += code[0] < 0x40 ? 2 : code[0] < 0xc0 ? 4 : 6;
	return code;
}

/* What the slot of the PLT jumps to; 0 where the call goes to no slot. */
static unsigned long called(const unsigned char *brasl)
{
	const struct mod_arch_specific *arch = &THIS_MODULE->arch;
	const unsigned char *plt = THIS_MODULE->core_layout.base + arch->plt_offset;
	const unsigned char *slot;
	unsigned long address;
	int halves;

	memcpy(&halves, brasl + 2, sizeof(halves));
	slot = brasl + 2L * halves;
	if (slot < plt || slot >= plt + arch->plt_size || (slot - plt) % PLT_SLOT)
		return 0;
	memcpy(&address, slot + PLT_ADDRESS, sizeof(address));
	return address;
}

static int many_show(struct seq_file *m, void *v)
{
	const unsigned char *code = (void *)klpcc_call_all;
	unsigned int i;

	for (i = 0; i < klpcc_count; i++) {
		code = next_call(code);
		seq_printf(m, "%u %lx %lx %lx\n", i, klpcc_address(i), klpcc_table[i],
			   called(code));
		code += 6;
	}
	return 0;
}

static int __init many_init(void)
{
	/* Never: who knows what they do. */
	if (call)
		klpcc_call_all();
	return proc_create_single("klpcc_many", 0444, NULL, many_show) ? 0 : -ENOMEM;
}
module_init(many_init);

static void __exit many_exit(void)
{
	remove_proc_entry("klpcc_many", NULL);
}
module_exit(many_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("klpcc test: many symbols");
MODULE_INFO(livepatch, "Y");
