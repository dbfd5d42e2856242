// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The final link: what a machine's code must look like where a relocation becomes a klp one.
 *
 * The compiler and the assembler wrote it for a symbol that the module itself might have. What
 * to do about that is the machine's knowledge (elf/arch-*.c); here it is told what it asks for.
 * Validating and planning ask the same, so that nothing is planned that was not checked.
 */
#include "link-private.h"

/* The bytes before the place, in a section that has code and contents. */
static const unsigned char *code_before(const struct klpcc_link *link,
					const struct klpcc_elf_section *relocated,
					uint64_t offset)
{
	const unsigned char *bytes;
	struct klpcc_error *err;
	size_t size;

	if (!(relocated->header.sh_flags & SHF_EXECINSTR) || offset < KLPCC_ARCH_CODE)
		return NULL;
	err = klpcc_elf_section_bytes(link->elf, relocated, &bytes, &size);
	if (err) {
		klpcc_error_free(err);
		return NULL;
	}
	return offset <= size ? bytes + offset - KLPCC_ARCH_CODE : NULL;
}

const char *klpcc_link_fix(const struct klpcc_link *link,
			   const struct klpcc_elf_section *relocated,
			   const struct klpcc_elf_relocation *relocation,
			   const struct klpcc_link_mark *mark, struct klpcc_arch_fix *fix)
{
	struct klpcc_arch_use use = {
		.type = relocation->type,
		.addend = relocation->addend,
		.vmlinux = klpcc_span_is(mark->ref.object, KLPCC_VMLINUX),
		.slots_go_stale = link->options->form == KLPCC_FORM_MAINLINE,
	};

	*fix = (struct klpcc_arch_fix){ .type = relocation->type };
	use.code = code_before(link, relocated, relocation->offset);
	return link->arch->fix(&use, fix);
}
