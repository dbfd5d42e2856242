/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The kernel's side of a comparison: vmlinux, by the bytes of its image at the addresses that the
 * index has, or a module, by its file.
 *
 * An object that is open does not change, so several threads may use it.
 */
#ifndef KLPCC_MATCH_OBJECT_H
#define KLPCC_MATCH_OBJECT_H

#include "../index/index.h"
#include "file.h"

/*
 * Where something is. In vmlinux at a link address, and space is 0; in a module that many
 * bytes from the start of the section that has the number `space`.
 */
struct klpcc_match_place {
	uint32_t space;
	uint64_t at;
};

static inline bool klpcc_match_is_same_place(struct klpcc_match_place a,
					     struct klpcc_match_place b)
{
	return a.space == b.space && a.at == b.at;
}

static inline struct klpcc_match_place
klpcc_match_move_place(struct klpcc_match_place place, uint64_t by)
{
	place.at += by;
	return place;
}

/* A symbol that the object has. */
struct klpcc_match_named {
	const char *name;
	struct klpcc_match_place place;
	uint32_t sympos; /* as the kernel counts; 0: the only one, or not counted */
	uint8_t binding; /* STB_* */
	uint8_t type;    /* STT_* */
	bool init;       /* in init memory */
};

struct klpcc_match_names {
	struct klpcc_match_named *entries; /* the caller's to free() */
	size_t count, capacity;
};

struct klpcc_match_object {
	char *name; /* "vmlinux", or the module's */
	const struct klpcc_index *index;
	const struct klpcc_arch *arch;
	/* Of vmlinux, else NULL. */
	struct klpcc_buffer image_bytes;
	struct klpcc_elf *image;
	/* Of a module. */
	struct klpcc_match_file file;
	uint32_t *by_name; /* its named symbols, by name and then as in the file */
	size_t by_name_count;
	bool unload; /* the kernel can unload modules */
};

/*
 * Opens vmlinux from the image that a machine boots, or an ELF file of it; fails when that is not
 * the kernel that the index is of. index: borrowed.
 */
struct klpcc_error *
klpcc_match_open_vmlinux(const char *path, const struct klpcc_index *index,
			 struct klpcc_match_object *ret) KLPCC_MUST_CHECK;
/* The same of a module, from its file, by the name that the index has for it. */
struct klpcc_error *
klpcc_match_open_module(const char *path, const char *name,
			const struct klpcc_index *index,
			struct klpcc_match_object *ret) KLPCC_MUST_CHECK;
/* The same of a module that is open, and that is not compared with the index. Takes file over. */
struct klpcc_error *
klpcc_match_adopt_module(const char *name, const struct klpcc_index *index,
			 struct klpcc_match_file *file,
			 struct klpcc_match_object *ret) KLPCC_MUST_CHECK;
void klpcc_match_object_close(struct klpcc_match_object *object);

/* Replaces what is in *ret by the object's symbols of that name; in the kernel's order. */
struct klpcc_error *klpcc_match_find(const struct klpcc_match_object *object,
				     const char *name,
				     struct klpcc_match_names *ret) KLPCC_MUST_CHECK;

/* The bytes at a place, or NULL if the object does not have as many there. */
const unsigned char *klpcc_match_bytes_at(const struct klpcc_match_object *object,
					  struct klpcc_match_place place, uint64_t size);

/* What a relocation refers to, in the object. */
struct klpcc_match_reference {
	const char *name; /* of a module: the symbol that it names; else NULL */
	bool defined;     /* the object has it, and symbol is where */
	/* Where the symbol is, if the addend is that of the relocation that was asked about. */
	struct klpcc_match_place symbol;
};

/*
 * Finds out what the object has at a place where a file has a relocation. of: the file's; its type
 * and addend count. Returns NULL, or why the object cannot have that relocation there; a clause.
 */
const char *klpcc_match_follow(const struct klpcc_match_object *object,
			       struct klpcc_match_place place,
			       const struct klpcc_elf_relocation *of,
			       struct klpcc_match_reference *ret);

/* How many relocations a module has in these bytes; in vmlinux there are none. */
size_t klpcc_match_count_relocations(const struct klpcc_match_object *object,
				     struct klpcc_match_place place, uint64_t size);

/* The symbols of vmlinux by address; made when they are first asked for. */
struct klpcc_match_addresses {
	struct klpcc_match_address {
		uint64_t address;
		const char *name; /* in the index */
	} * entries;              /* the caller's to free() */
	size_t count;
};

/*
 * The name of the symbol that is there, or of the last one before it; *offset: how many bytes the
 * place is after it. NULL if there is none. *name is in the index or in the module.
 */
struct klpcc_error *klpcc_match_name_place(const struct klpcc_match_object *object,
					   struct klpcc_match_addresses *addresses,
					   struct klpcc_match_place place,
					   const char **name,
					   uint64_t *offset) KLPCC_MUST_CHECK;

#endif
