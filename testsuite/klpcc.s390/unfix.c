// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * unfix FILE OBJECT: what klpcc link changes in a module in mainline form for the symbols of a
 * module, undone: larl becomes lgrl again, the distance a slot of the GOT. It shows what the
 * kernel then does. Prints how many it changed.
 */
#include <fcntl.h>
#include <gelf.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int unfix(Elf *elf, Elf_Scn *scn, const GElf_Shdr *header)
{
	Elf_Data *entries = elf_getdata(scn, NULL);
	Elf_Scn *relocated = elf_getscn(elf, header->sh_info);
	Elf_Data *code = elf_getdata(relocated, NULL);
	int changed = 0;

	for (size_t i = 0; i < header->sh_size / sizeof(Elf64_Rela); i++) {
		GElf_Rela rela;
		unsigned char *bytes;

		gelf_getrela(entries, (int)i, &rela);
		if (GELF_R_TYPE(rela.r_info) != R_390_PC32DBL || rela.r_offset < 2)
			continue;
		bytes = (unsigned char *)code->d_buf + rela.r_offset - 2;
		if (bytes[0] != 0xc0 || (bytes[1] & 0xf))
			continue;
		bytes[0] = 0xc4;
		bytes[1] |= 8;
		rela.r_info = GELF_R_INFO(GELF_R_SYM(rela.r_info), R_390_GOTENT);
		gelf_update_rela(entries, (int)i, &rela);
		changed++;
	}
	elf_flagdata(entries, ELF_C_SET, ELF_F_DIRTY);
	elf_flagdata(code, ELF_C_SET, ELF_F_DIRTY);
	return changed;
}

int main(int argc, char **argv)
{
	char wanted[256];
	Elf_Scn *scn = NULL;
	size_t names;
	int fd, changed = 0;
	Elf *elf;

	elf_version(EV_CURRENT);
	if (argc != 3 || (fd = open(argv[1], O_RDWR)) < 0 ||
	    !(elf = elf_begin(fd, ELF_C_RDWR, NULL)) || elf_getshdrstrndx(elf, &names))
		return 1;
	elf_flagelf(elf, ELF_C_SET, ELF_F_LAYOUT);
	snprintf(wanted, sizeof(wanted), ".klp.rela.%s.", argv[2]);
	while ((scn = elf_nextscn(elf, scn))) {
		GElf_Shdr header;

		if (gelf_getshdr(scn, &header) && header.sh_type == SHT_RELA &&
		    !strncmp(elf_strptr(elf, names, header.sh_name), wanted,
			     strlen(wanted)))
			changed += unfix(elf, scn, &header);
	}
	printf("%d\n", changed);
	return elf_update(elf, ELF_C_WRITE) < 0 || elf_end(elf) || close(fd);
}
