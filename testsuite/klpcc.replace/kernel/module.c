// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What modpost adds to a module. NAME: of the module.
 */
asm(".pushsection .modinfo, \"a\"\n"
    ".asciz \"name=" NAME "\"\n"
    ".asciz \"vermagic=6.1.0-klpcc SMP mod_unload \"\n"
    ".asciz \"import_ns=TWO\"\n"
    ".asciz \"depends=m_two\"\n"
    ".popsection");

__attribute__((section(".gnu.linkonce.this_module"))) char __this_module[64] = NAME;
