// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Seeds of the verifier: a patch module with everything that it looks at, in the shape that kernel
 * headers would give it, but without them: a patch table, imports with checksums, marks of the
 * kernel of klpcc.link/target.kallsyms. The script `seeds` compiles and links it for each machine.
 *
 * RECORDS: with the records of klp-build (.init.klp_objects) in place of a struct klp_patch.
 */
#define SECTION(name) __attribute__((section(name), used))
#define MARK(declaration, name) \
	extern declaration asm(name) __attribute__((weak, visibility("hidden")))

typedef unsigned long word;

struct kobject {
	word words[8];
};

struct list {
	struct list *next, *prev;
};

struct klp_func {
	const char *old_name;
	void *new_func;
	word old_sympos;
	void *old_func;
	struct kobject kobj;
	struct list node, stack_node;
	word old_size, new_size;
	_Bool nop, patched, transition;
};

struct klp_object {
	const char *name;
	struct klp_func *funcs;
	void *callbacks[4];
	_Bool callbacks_enabled;
	struct kobject kobj;
	struct list func_list, node;
	void *mod;
	_Bool dynamic, patched;
};

struct klp_patch {
	void *mod;
	struct klp_object *objs;
	void *states;
	_Bool replace;
	struct list list;
	struct kobject kobj;
	struct list obj_list;
	_Bool enabled, forced;
	word free_work[4], finish[4];
};

struct modversion_info {
	word crc;
	char name[56];
};

struct module {
	word before[3];
	char name[56];
	word words[128];
};

extern int _printk(const char *format, ...);
extern int klp_enable_patch(struct klp_patch *patch);
MARK(int helper(void), "helper.klp.vmlinux");
MARK(int show(void *m, void *v), "show.klp.vmlinux.2");
MARK(int counter, "counter.klp.vmlinux");
MARK(int vcpu(void), "vcpu.klp.kvm.2");

static int new_show(void *m, void *v)
{
	_printk("patched");
	return helper() + show(m, v) + counter;
}

static int new_start(void)
{
	return vcpu();
}

struct module __this_module SECTION(".gnu.linkonce.this_module") = { .name = "table" };
const char modinfo[] SECTION(".modinfo") =
	"license=GPL\0livepatch=Y\0name=table\0depends=\0"
	"vermagic=6.1.0-klpcc SMP preempt mod_unload modversions ";
const struct modversion_info versions[] SECTION("__versions") = {
	{ 0x11111111, "_printk" },
	{ 0x22222222, "klp_enable_patch" },
};

#ifdef RECORDS
struct klp_func_ext {
	const char *old_name;
	void *new_func;
	word sympos;
};

struct klp_object_ext {
	const char *name;
	struct klp_func_ext *funcs;
	void *callbacks[4];
	_Bool callbacks_enabled;
	unsigned int nr_funcs;
};

struct klp_func_ext funcs[] SECTION(".init.klp_funcs") = {
	{ "show", new_show, 1 },
	{ "start", new_start, 0 },
};
struct klp_object_ext objs[] SECTION(".init.klp_objects") = {
	{ .funcs = funcs, .nr_funcs = 1 },
	{ .name = "kvm", .funcs = funcs + 1, .nr_funcs = 1 },
};

int SECTION(".init.text") init_module(void)
{
	return (int)objs[0].nr_funcs;
}
#else
static struct klp_func vmlinux_funcs[] = {
	{ .old_name = "show", .new_func = new_show, .old_sympos = 1 },
	{ 0 },
};
static struct klp_func kvm_funcs[] = {
	{ .old_name = "start", .new_func = new_start },
	{ 0 },
};
static struct klp_object objs[] = {
	{ .funcs = vmlinux_funcs },
	{ .name = "kvm", .funcs = kvm_funcs },
	{ 0 },
};
static struct klp_patch patch = { .mod = &__this_module, .objs = objs };

int SECTION(".init.text") init_module(void)
{
	return klp_enable_patch(&patch);
}
#endif
