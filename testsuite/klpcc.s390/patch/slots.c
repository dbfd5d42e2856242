// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Every way in which s390 code gets at a function or a variable of vmlinux and of a module: by way
 * of the GOT, of the PLT, by the distance, and through a pointer in data.
 */
#include <linux/livepatch.h>
#include <linux/module.h>

#include <klpcc.h>

#include "slots.h"

extern int nr_processes(void) klp_used;
extern char *saved_command_line;

extern int far_add(int number) klp_object("klpcc_far") klp_used;
extern int far_data klp_object("klpcc_far");

/* In data the address stands itself. */
static int (*volatile stored)(void) = nr_processes;

#define ADDRESS(instruction)                               \
	({                                                 \
		unsigned long address;                     \
		asm volatile(instruction : "=d"(address)); \
		address;                                   \
	})

static int (*hidden(int (*function)(void)))(void)
{
	OPTIMIZER_HIDE_VAR(function);
	return function;
}

static int addresses(char *buffer, const struct kernel_param *param)
{
	int (*got)(void) = hidden(nr_processes);
	int (*plt)(void) = (void *)ADDRESS("larl %0, nr_processes@PLT");
	int (*relative)(void) = (void *)ADDRESS("larl %0, nr_processes");

	return sprintf(buffer,
		       "nr_processes %lx %lx %lx %lx\nequal %d\n"
		       "calls %d %d %d %d %d\nsaved_command_line %lx\nvalue %.8s\n",
		       (unsigned long)stored, (unsigned long)got, (unsigned long)plt,
		       (unsigned long)relative,
		       stored == got && got == plt && plt == relative, nr_processes(),
		       stored(), got(), plt(), relative(),
		       (unsigned long)&saved_command_line, saved_command_line);
}

static const struct kernel_param_ops addresses_ops = { .get = addresses };
module_param_cb(addresses, &addresses_ops, NULL, 0444);

/* A call that the source does not send through the PLT. */
static int call_plainly(char *buffer, const struct kernel_param *param)
{
	register long result asm("2");

	/* With the frame that the caller of a function gives it. */
	asm volatile("aghi %%r15, -160\n\t"
		     "brasl %%r14, nr_processes\n\t"
		     "aghi %%r15, 160"
		     : "=d"(result)
		     :
		     : "0", "1", "3", "4", "5", "14", "cc", "memory");
	return sprintf(buffer, "plain %ld\n", result);
}

static const struct kernel_param_ops plain_ops = { .get = call_plainly };
module_param_cb(plain, &plain_ops, NULL, 0444);

/* Also while the module is away, of which they are. */
static int contents(char *buffer, const struct kernel_param *param)
{
	int length = slots_print(buffer, "far_add");

	return length + slots_print(buffer + length, "far_data");
}

static const struct kernel_param_ops contents_ops = { .get = contents };
module_param_cb(contents, &contents_ops, NULL, 0444);

/* The replacement of the module's function. */
static int slots_far_get(char *buffer, const struct kernel_param *param)
{
	int (*function)(int) = far_add;
	int *data = &far_data;

	OPTIMIZER_HIDE_VAR(function);
	OPTIMIZER_HIDE_VAR(data);
	return sprintf(buffer, "patched %d %d %d\nfar_add %lx %lx far_data %lx\n",
		       far_add(1), function(2), *data, (unsigned long)function,
		       ADDRESS("larl %0, far_add@PLT"), (unsigned long)data);
}

static struct klp_func funcs[] = {
	{ .old_name = "far_get", .new_func = slots_far_get },
	{},
};

static struct klp_object objects[] = {
	{ .name = "klpcc_far", .funcs = funcs },
	{},
};

static struct klp_patch patch = { .mod = THIS_MODULE, .objs = objects };

static int __init slots_init(void)
{
	return klp_enable_patch(&patch);
}
module_init(slots_init);

static void __exit slots_exit(void)
{
}
module_exit(slots_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("klpcc test: slots of the GOT and the PLT");
MODULE_INFO(livepatch, "Y");
