// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A container of unpack-image.c: the bzImage of s390.
 *
 * It is memory as it will be from address 0 on (arch/s390/boot/vmlinux.lds.S): an entry table at
 * a fixed place, the boot code, struct vmlinux_info, symbols and relocations for the boot code,
 * the kernel, and a trailer for secure boot. The kernel is what objcopy -O binary makes of
 * vmlinux, compressed or not. No header says where anything is, so it is found from both ends:
 *
 *   - the trailer is the end of a page, and the last that looks like it;
 *   - struct vmlinux_info comes first after the entry table: it is known by its numbers,
 *     which must describe one kernel;
 *   - a kernel that is not compressed begins so many bytes before the trailer as struct
 *     vmlinux_info says, at a whole MiB;
 *   - a compressed one begins at the first multiple of 8 where a compressed stream does.
 *     Before that, there are only text and numbers smaller than a kernel, which never
 *     look like the beginning of a stream. It must end at the trailer, and unpack to the
 *     size that struct vmlinux_info says.
 *
 * All numbers are big-endian.
 */
#include "unpack-s390.h"

#include <elf.h>
#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/decompress.h"
#include "../lib/number.h"
#include "../lib/range.h"
#include "unpack-payload.h"

/* arch/s390/boot/head.S: EP_OFFSET, EP_STRING, and what comes after the table. */
#define ENTRY_TABLE 0x10008
#define ENTRY_TABLE_MAGIC "S390EP"
#define ENTRY_TABLE_END 0x10010

/* SB_TRAILER_SIZE of arch/s390/boot/vmlinux.lds.S */
#define TRAILER_SIZE 32
#define PAGE 4096u

/* vmlinux.lds.S: a kernel that is not compressed begins at 0x100000 (6.1), ALIGN(1 << 20). */
#define KERNEL_ALIGN (UINT64_C(1) << 20)

/*
 * The words of struct vmlinux_info (arch/s390/boot/boot.h) that 6.12 and later begin with. In
 * 6.1 default_lma comes before them, which is the same as entry.
 */
enum {
	INFO_ENTRY,
	INFO_IMAGE_SIZE, /* without .bss */
	INFO_BSS_SIZE,
	INFO_BOOTDATA,
	INFO_BOOTDATA_SIZE,
	INFO_PRESERVED,
	INFO_PRESERVED_SIZE,
	INFO_TABLES, /* dynsym_start, rela_dyn_start, rela_dyn_end; in 6.12 the GOT */
	INFO_WORDS = INFO_TABLES + 3,
};

struct kernel {
	uint64_t entry; /* startup_continue of head64.S, the first of the kernel */
	uint64_t image_size, bss_size;
	uint64_t dynsym, rela, rela_end; /* addresses; rela == rela_end: no relocations */
	size_t info_end;                 /* offset in the image, as below */
	size_t trailer_end;
};

static uint64_t be64(const unsigned char *p)
{
	return klpcc_number(p, 8, true);
}

bool klpcc_is_s390_image(const struct klpcc_buffer *image)
{
	return image->size >= ENTRY_TABLE_END &&
	       !memcmp(image->data + ENTRY_TABLE, ENTRY_TABLE_MAGIC,
		       strlen(ENTRY_TABLE_MAGIC));
}

/* ---- what the image says of the kernel ----------------------------------------------- */

/* A signature may follow it, as scripts/sign-file of the kernel appends it. */
static bool find_trailer(const struct klpcc_buffer *image, size_t *ret)
{
	static const unsigned char trailer[TRAILER_SIZE] = {
		[27] = 0x20, 'z', 'I', 'P', 'L',
	};

	for (size_t end = image->size / PAGE * PAGE; end > ENTRY_TABLE_END; end -= PAGE) {
		if (memcmp(image->data + end - TRAILER_SIZE, trailer, TRAILER_SIZE))
			continue;
		*ret = end;
		return true;
	}
	return false;
}

/* True when [start, start + size) is in the kernel's image. */
static bool in_image(const struct kernel *kernel, uint64_t start, uint64_t size)
{
	return start >= kernel->entry &&
	       klpcc_range_ok(start - kernel->entry, size, kernel->image_size);
}

static bool whole_pages(uint64_t size)
{
	return size % PAGE == 0 && size <= KLPCC_DECOMPRESS_LIMIT;
}

/*
 * Takes the last three words: tables of relocations, or the GOT and a size, which is
 * smaller than any address of the kernel.
 */
static bool take_tables(const uint64_t *word, struct kernel *kernel)
{
	/* A length that is negative is too large. */
	if (!in_image(kernel, word[0], word[1] - word[0]))
		return false;
	if (word[2] < kernel->entry)
		return whole_pages(word[2]);
	if (!in_image(kernel, word[1], word[2] - word[1]) ||
	    (word[1] - word[0]) % sizeof(Elf64_Sym) ||
	    (word[2] - word[1]) % sizeof(Elf64_Rela))
		return false;
	kernel->dynsym = word[0];
	kernel->rela = word[1];
	kernel->rela_end = word[2];
	return true;
}

/* Neither boot data is empty, so the kernel that contains them is not either. */
static bool take_info(const unsigned char *p, struct kernel *kernel)
{
	uint64_t word[INFO_WORDS];

	for (size_t i = 0; i < INFO_WORDS; i++)
		word[i] = be64(p + i * sizeof(word[i]));
	kernel->entry = word[INFO_ENTRY];
	kernel->image_size = word[INFO_IMAGE_SIZE];
	kernel->bss_size = word[INFO_BSS_SIZE];
	return kernel->entry && kernel->entry % PAGE == 0 &&
	       whole_pages(kernel->image_size) && whole_pages(kernel->bss_size) &&
	       klpcc_range_ok(kernel->entry, kernel->image_size + kernel->bss_size,
			      UINT64_MAX) &&
	       word[INFO_BOOTDATA_SIZE] && word[INFO_PRESERVED_SIZE] &&
	       in_image(kernel, word[INFO_BOOTDATA], word[INFO_BOOTDATA_SIZE]) &&
	       in_image(kernel, word[INFO_PRESERVED], word[INFO_PRESERVED_SIZE]) &&
	       take_tables(word + INFO_TABLES, kernel);
}

static bool find_info(const struct klpcc_buffer *image, struct kernel *kernel)
{
	size_t size = INFO_WORDS * sizeof(uint64_t);

	for (size_t at = ENTRY_TABLE_END; at + size <= kernel->trailer_end; at += 8) {
		if (!take_info(image->data + at, kernel))
			continue;
		kernel->info_end = at + size;
		return true;
	}
	return false;
}

static struct klpcc_error *read_kernel(const struct klpcc_buffer *image,
				       struct kernel *kernel)
{
	*kernel = (struct kernel){ 0 };
	if (!find_trailer(image, &kernel->trailer_end))
		return klpcc_error_new(EINVAL,
				       "s390 image: the trailer at its end is missing");
	if (!find_info(image, kernel))
		return klpcc_error_new(
			EINVAL,
			"s390 image: nothing in its boot code describes a kernel (struct vmlinux_info)");
	return NULL;
}

/* ---- where its bytes are ------------------------------------------------------------- */

/*
 * The trailer is in the kernel's last page or in one of its own. False when there is no room
 * for a kernel of that size, so that it must be compressed.
 */
static bool find_plain(const struct kernel *kernel, size_t *start, size_t *size)
{
	for (uint64_t own = 0; own <= PAGE; own += PAGE) {
		uint64_t length = kernel->image_size + own;

		if (length > kernel->trailer_end - kernel->info_end ||
		    (kernel->trailer_end - length) % KERNEL_ALIGN)
			continue;
		*start = (size_t)(kernel->trailer_end - length);
		*size = (size_t)(own ? kernel->image_size : length - TRAILER_SIZE);
		return true;
	}
	return false;
}

static bool is_foreign(const unsigned char *data, size_t size)
{
	return klpcc_foreign_compression(data, size) != NULL;
}

static bool is_stream(const unsigned char *data, size_t size)
{
	return klpcc_is_compressed(data, size);
}

/* Foreign ones come last: their marks may also be text or small numbers. */
static bool find_stream(const struct klpcc_buffer *image, const struct kernel *kernel,
			size_t *start)
{
	static bool (*const tests[])(const unsigned char *data, size_t size) = {
		is_stream,
		is_foreign,
	};
	size_t end = kernel->trailer_end - TRAILER_SIZE;

	for (size_t i = 0; i < sizeof(tests) / sizeof(tests[0]); i++)
		for (size_t at = kernel->info_end; at < end; at += 8)
			if (tests[i](image->data + at, end - at)) {
				*start = at;
				return true;
			}
	return false;
}

/* ---- the ELF file around them --------------------------------------------------------- */

enum {
	SECTION_NULL,
	SECTION_DYNSYM,
	SECTION_RELA,
	SECTION_NAMES,
	SECTIONS,
};

/* What comes before the kernel's bytes. */
struct head {
	Elf64_Ehdr header;
	Elf64_Phdr segment;
	Elf64_Shdr section[SECTIONS];
	char names[32];
};

static const char section_names[] = "\0.dynsym\0.rela.dyn\0.shstrtab";
#define NAME_DYNSYM 1
#define NAME_RELA 9
#define NAME_NAMES 19

_Static_assert(sizeof(section_names) <= sizeof(((struct head *)NULL)->names), "room");

static Elf64_Shdr make_section(const struct kernel *kernel, uint32_t name, uint32_t type,
			       uint64_t start, uint64_t end)
{
	return (Elf64_Shdr){
		.sh_name = htobe32(name),
		.sh_type = htobe32(type),
		.sh_flags = htobe64(SHF_ALLOC),
		.sh_addr = htobe64(start),
		.sh_offset = htobe64(sizeof(struct head) + start - kernel->entry),
		.sh_size = htobe64(end - start),
		.sh_addralign = htobe64(8),
	};
}

static void fill_sections(const struct kernel *kernel, struct head *head)
{
	Elf64_Shdr *section = head->section;

	head->header.e_shoff = htobe64(offsetof(struct head, section));
	head->header.e_shnum = htobe16(SECTIONS);
	head->header.e_shstrndx = htobe16(SECTION_NAMES);
	memcpy(head->names, section_names, sizeof(section_names));
	/* .rela.dyn follows .dynsym (arch/s390/kernel/vmlinux.lds.S). */
	section[SECTION_DYNSYM] = make_section(kernel, NAME_DYNSYM, SHT_DYNSYM,
					       kernel->dynsym, kernel->rela);
	section[SECTION_DYNSYM].sh_entsize = htobe64(sizeof(Elf64_Sym));
	/* The names of the symbols are not needed. */
	section[SECTION_DYNSYM].sh_link = htobe32(SECTION_NAMES);
	section[SECTION_RELA] =
		make_section(kernel, NAME_RELA, SHT_RELA, kernel->rela, kernel->rela_end);
	section[SECTION_RELA].sh_entsize = htobe64(sizeof(Elf64_Rela));
	section[SECTION_RELA].sh_link = htobe32(SECTION_DYNSYM);
	section[SECTION_NAMES] = (Elf64_Shdr){
		.sh_name = htobe32(NAME_NAMES),
		.sh_type = htobe32(SHT_STRTAB),
		.sh_offset = htobe64(offsetof(struct head, names)),
		.sh_size = htobe64(sizeof(section_names)),
	};
}

static struct head make_head(const struct kernel *kernel, size_t size)
{
	struct head head = {
		.header = {
			.e_ident = { ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3, ELFCLASS64,
				     ELFDATA2MSB, EV_CURRENT },
			.e_type = htobe16(ET_EXEC),
			.e_machine = htobe16(EM_S390),
			.e_version = htobe32(EV_CURRENT),
			.e_entry = htobe64(kernel->entry),
			.e_phoff = htobe64(offsetof(struct head, segment)),
			.e_ehsize = htobe16(sizeof(Elf64_Ehdr)),
			.e_phentsize = htobe16(sizeof(Elf64_Phdr)),
			.e_phnum = htobe16(1),
			.e_shentsize = htobe16(sizeof(Elf64_Shdr)),
		},
		.segment = {
			.p_type = htobe32(PT_LOAD),
			.p_flags = htobe32(PF_R | PF_W | PF_X),
			.p_offset = htobe64(sizeof(head)),
			.p_vaddr = htobe64(kernel->entry),
			.p_paddr = htobe64(kernel->entry),
			.p_filesz = htobe64(size),
			.p_memsz = htobe64(kernel->image_size + kernel->bss_size),
		},
	};

	if (kernel->rela != kernel->rela_end)
		fill_sections(kernel, &head);
	return head;
}

/* ---- one of them ---------------------------------------------------------------------- */

static struct klpcc_error *copy_plain(const struct klpcc_buffer *image,
				      const struct kernel *kernel, size_t start,
				      size_t size, struct klpcc_buffer *ret)
{
	struct head head = make_head(kernel, size);

	ret->data = malloc(sizeof(head) + size);
	if (!ret->data)
		return klpcc_error_nomem();
	ret->size = sizeof(head) + size;
	memcpy(ret->data, &head, sizeof(head));
	memcpy(ret->data + sizeof(head), image->data + start, size);
	return NULL;
}

/* unpacked: bytes; data: what is between the stream and the trailer. */
static struct klpcc_error *check_stream(const struct kernel *kernel, size_t unpacked,
					const unsigned char *data, size_t size)
{
	size_t used = klpcc_size_trailer(data, size, unpacked);

	/* objcopy leaves out the padding after the last section. */
	if (kernel->image_size - unpacked >= PAGE)
		return klpcc_error_new(
			EINVAL,
			"unpacks to %zu bytes, but the boot code expects a kernel of %llu",
			unpacked, (unsigned long long)kernel->image_size);
	for (size_t i = used; i < size; i++)
		if (data[i] || size - used >= PAGE)
			return klpcc_error_new(EINVAL,
					       "%zu bytes follow the compressed data",
					       size - used);
	return NULL;
}

/* Leaves room for the head: the kernel may be too large to be in memory twice. */
static struct klpcc_error *unpack_stream(const unsigned char *data, size_t size,
					 const struct kernel *kernel,
					 struct klpcc_buffer *ret)
{
	size_t front = sizeof(struct head), used;
	struct klpcc_error *err;
	struct head head;

	err = klpcc_unpack_stream(data, size, front, kernel->image_size, ret, &used);
	if (err && err->code == EFBIG) {
		klpcc_error_free(err);
		return klpcc_error_new(
			EFBIG,
			"unpacks to more than the %llu bytes of the kernel that the boot code expects",
			(unsigned long long)kernel->image_size);
	}
	if (err)
		return err;
	err = check_stream(kernel, ret->size - front, data + used, size - used);
	if (err) {
		klpcc_buffer_deinit(ret);
		return err;
	}
	head = make_head(kernel, ret->size - front);
	memcpy(ret->data, &head, sizeof(head));
	return NULL;
}

struct klpcc_error *klpcc_unpack_s390_image(const struct klpcc_buffer *image,
					    struct klpcc_buffer *ret)
{
	struct klpcc_error *err;
	struct kernel kernel;
	size_t start, size;

	err = read_kernel(image, &kernel);
	if (err)
		return err;
	if (find_plain(&kernel, &start, &size))
		return copy_plain(image, &kernel, start, size, ret);
	if (!find_stream(image, &kernel, &start))
		return klpcc_error_new(
			EINVAL,
			"s390 image: contains neither a kernel of %llu bytes nor compressed data",
			(unsigned long long)kernel.image_size);
	size = kernel.trailer_end - TRAILER_SIZE - start;
	err = unpack_stream(image->data + start, size, &kernel, ret);
	return klpcc_error_prefix(err, "payload at 0x%zx", start);
}
