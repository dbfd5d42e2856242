// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The machines that the tools know: see arch.h. The only place that lists them.
 */
#include "arch.h"

#include <elf.h>
#include <stddef.h>

#include "elf.h"

static const struct klpcc_arch *const machines[] = {
	&klpcc_arch_x86_64,
	&klpcc_arch_s390x,
};

const struct klpcc_arch *klpcc_arch_find(uint16_t machine, bool big_endian)
{
	for (size_t i = 0; i < sizeof(machines) / sizeof(machines[0]); i++)
		if (machines[i]->machine == machine &&
		    machines[i]->big_endian == big_endian)
			return machines[i];
	return NULL;
}

struct klpcc_error *klpcc_arch_read(struct klpcc_elf *elf, const struct klpcc_arch **ret)
{
	uint16_t machine = klpcc_elf_header(elf)->e_machine;
	bool big_endian = klpcc_elf_big_endian(elf);

	*ret = klpcc_arch_find(machine, big_endian);
	if (*ret)
		return NULL;
	return klpcc_elf_error(
		elf, NULL,
		"machine %u, %s-endian, is not supported; x86_64 (%u) and s390x (%u, big-endian) are",
		machine, big_endian ? "big" : "little", EM_X86_64, EM_S390);
}
