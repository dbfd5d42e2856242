// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A patch module in two spellings: as existing livepatch sources have it, with a macro that puts
 * the target's symbol into the assembler name, and, with NATURAL, as klpcc has it. labels.exp
 * wants the two modules to be one.
 */
#ifdef NATURAL

extern int hidden_function(int value);
extern void hidden_global(void);
extern int twice(int value) __attribute__((klp_sympos(2)));
extern int hidden_variable;
extern int hidden_array[];
extern int module_function(int value) __attribute__((klp_object("some_module")));
extern int module_twice(void)
	__attribute__((klp_object("some_module"), klp_sympos(1)));
extern int other_function(int value)
	__attribute__((klp_object("other_module"), klp_gate("some_module")));
#else
#define KLP_RELOC_SYMBOL_POS(LP_OBJ_NAME, SYM_OBJ_NAME, SYM_NAME, SYM_POS) \
	asm("\".klp.sym.rela." #LP_OBJ_NAME "." #SYM_OBJ_NAME "." #SYM_NAME "," #SYM_POS "\"")
#define KLP_RELOC_SYMBOL(LP_OBJ_NAME, SYM_OBJ_NAME, SYM_NAME) \
	KLP_RELOC_SYMBOL_POS(LP_OBJ_NAME, SYM_OBJ_NAME, SYM_NAME, 0)

extern int hidden_function(int value) KLP_RELOC_SYMBOL(vmlinux, vmlinux, hidden_function);
extern void hidden_global(void) KLP_RELOC_SYMBOL(vmlinux, vmlinux, hidden_global);
extern int twice(int value) KLP_RELOC_SYMBOL_POS(vmlinux, vmlinux, twice, 2);
extern int hidden_variable KLP_RELOC_SYMBOL(vmlinux, vmlinux, hidden_variable);
extern int hidden_array[] KLP_RELOC_SYMBOL(vmlinux, vmlinux, hidden_array);
extern int module_function(int value)
	KLP_RELOC_SYMBOL(some_module, some_module, module_function);
extern int module_twice(void)
	KLP_RELOC_SYMBOL_POS(some_module, some_module, module_twice, 1);
extern int other_function(int value)
	KLP_RELOC_SYMBOL(some_module, other_module, other_function);
#endif

int (*in_data)(int) = twice;
int *const in_rodata = &hidden_variable;
void (*const table[])(void) = { hidden_global, hidden_global };
int *inside = &hidden_array[3];

int calls(int value)
{
	hidden_global();
	return hidden_function(value) + twice(value) + module_function(value);
}

int tail(int value)
{
	return value ? other_function(value) : module_twice();
}

int variables(void)
{
	return hidden_variable++ + hidden_array[2];
}

int addresses(int (*function)(int))
{
	int (*hidden)(int) = hidden_function;

	asm("" : "+r"(hidden));
	return function == hidden;
}

#define MODINFO(name, text) \
	static const char name[] __attribute__((section(".modinfo"), used)) = text
MODINFO(license, "license=GPL");
MODINFO(livepatch, "livepatch=Y");
MODINFO(vermagic, "vermagic=6.1.0-klpcc SMP preempt mod_unload modversions ");
