/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ELF constants of livepatch modules that <elf.h> may lack.
 *
 * Part of the format module: freestanding, shared by the host tools, the plugin and the
 * kernel-side resolver, so that each section flag and index has one definition in the
 * project.
 */
#ifndef KLPCC_KLP_ELF_H
#define KLPCC_KLP_ELF_H

/* include/uapi/linux/elf.h: symbol that the livepatch core resolves. */
#define KLPCC_SHN_LIVEPATCH 0xff20u

/* include/uapi/linux/elf.h: relocation section that the livepatch core applies. */
#define KLPCC_SHF_RELA_LIVEPATCH 0x00100000u

/* Prefix of every final relocation section, in both forms. */
#define KLPCC_SECTION_PREFIX ".klp."

#endif
