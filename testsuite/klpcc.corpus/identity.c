// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The oracle of identity: a function that nobody changed, compiled alone, is the kernel's own code, byte
 * for byte but for relocations, and each relocation means the very address that the kernel's code has.
 *
 *	identity [--compiled] KERNEL INDEX <LIST
 *
 * KERNEL: the boot image, a module, or, with --compiled, an object as the compiler made it. INDEX: of that
 * kernel. LIST has lines
 *
 *	FUNCTION SIZE ADDRESS SECTION EXTRACTED.o
 *
 * SIZE: in the original object; ADDRESS: in the image, or in SECTION of the module. "-": the one of
 * that name in KERNEL. For each there is a line
 *
 *	same FUNCTION TARGETS
 *	code FUNCTION: ...	the code differs: the optimizer knew more, or less
 *	target FUNCTION: ...	the code is the same and means something else: never right
 *
 * A call of another function is other code, too, unless that one has the same name: then the wrong one
 * of several was taken. Where a callee begins with a call of its own, inlining it changes no byte.
 *
 * What was linked is read from the code itself, not from what the compiler meant there.
 */
#include <errno.h>
#include <inttypes.h>
#include <klp-name.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "index/index.h"
#include "kernel/unpack-image.h"
#include "lib/number.h"
#include "object.h"

/* An address of the kernel: in a section, or without one; or an undefined symbol and an offset. */
struct spot {
	const char *undefined;
	size_t section;
	uint64_t offset;
};

struct named {
	uint64_t address;
	const char *name;
};

static struct object kernel;
static bool linked;   /* a whole image: addresses, no relocations */
static bool compiled; /* no build tool has changed the code */
static struct klpcc_index *index_;
static struct named *named; /* of the image, by address */
static size_t named_count;

/* What is compared at the moment. */
static const struct object *mine;
static const struct klpcc_elf_symbol *function;
static struct spot function_at;
static char verdict[512];

__attribute__((format(printf, 2, 3))) static bool differ(const char *kind,
							 const char *format, ...)
{
	va_list args;
	size_t length;

	length = (size_t)snprintf(verdict, sizeof(verdict), "%s %s: ", kind,
				  function->name);
	va_start(args, format);
	vsnprintf(verdict + length, sizeof(verdict) - length, format, args);
	va_end(args);
	return false;
}

static void must(struct klpcc_error *err)
{
	if (err)
		die("%s", err->message);
}

/* ---- the kernel ------------------------------------------------------------------------ */

static int compare_named(const void *a, const void *b)
{
	const struct named *one = a, *two = b;

	return one->address < two->address ? -1 : one->address > two->address;
}

static void read_named(void)
{
	uint32_t count = klpcc_index_symbols(index_);

	named = make(count, sizeof(*named));
	for (uint32_t i = 0; i < count; i++) {
		struct klpcc_index_symbol symbol;

		must(klpcc_index_symbol(index_, i, &symbol));
		if (symbol.object == KLPCC_INDEX_VMLINUX && symbol.has_address)
			named[named_count++] =
				(struct named){ symbol.address, symbol.name };
	}
	qsort(named, named_count, sizeof(*named), compare_named);
}

static void open_kernel(const char *path)
{
	static struct klpcc_buffer image;

	must(klpcc_file_read(path, &image));
	must(klpcc_unpack_image(&image));
	kernel.path = path;
	must(klpcc_elf_open_kernel(path, &image, &kernel.elf));
	linked = klpcc_elf_header(kernel.elf)->e_type != ET_REL;
	if (linked) {
		must(klpcc_arch_read(kernel.elf, &kernel.arch));
		read_named();
	} else {
		klpcc_elf_close(kernel.elf);
		object_open(path, &kernel);
	}
}

/* NULL: not so many bytes are there. */
static const unsigned char *kernel_bytes(const struct spot *spot, uint64_t length)
{
	const unsigned char *bytes;
	size_t size;

	if (linked) {
		struct klpcc_error *err =
			klpcc_elf_bytes_at(kernel.elf, spot->offset, length, &bytes);

		if (err)
			klpcc_error_free(err);
		return err ? NULL : bytes;
	}
	if (!spot->section)
		return NULL;
	bytes = object_bytes(&kernel, spot->section, &size);
	return bytes && spot->offset <= size && length <= size - spot->offset
		       ? bytes + spot->offset
		       : NULL;
}

static bool is_name(const char *symbol, const char *name, bool plain)
{
	char *without = plain_name(symbol);
	bool same = !strcmp(plain ? without : symbol, name);

	free(without);
	return same;
}

/* Is there something of this name? plain: without the numbers and endings that GCC adds. */
static bool kernel_has(const struct spot *spot, const char *wanted, bool plain)
{
	size_t low = 0, high = named_count;
	bool found = false;

	if (!linked) {
		for (size_t i = 1; i < kernel.symbol_count && !found; i++) {
			const struct klpcc_elf_symbol *symbol = &kernel.symbols[i];

			found = object_defines(symbol) &&
				symbol->section == spot->section &&
				symbol->value == spot->offset &&
				is_name(symbol->name, wanted, plain);
		}
		return found;
	}
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (named[middle].address < spot->offset)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < named_count && named[low].address == spot->offset && !found; low++)
		found = is_name(named[low].name, wanted, plain);
	return found;
}

/*
 * What is linked in, or relocated, at the place, as the type of relocation has it there. before: bytes
 * of the function that are before it.
 */
static bool kernel_target(const struct spot *place, const unsigned char *code,
			  size_t before, const struct klpcc_reloc *reloc,
			  struct spot *ret)
{
	uint64_t value = klpcc_number(code, reloc->field.width, kernel.arch->big_endian);
	unsigned int bits = reloc->field.width * 8u;
	size_t count;

	if (!linked) {
		const struct klpcc_elf_relocation *list =
			object_relocations(&kernel, place->section, &count);

		for (size_t i = 0; i < count; i++) {
			struct target target;

			if (list[i].offset != place->offset)
				continue;
			target = object_target(&kernel, place->section, &list[i]);
			*ret = (struct spot){ target.section ? NULL : target.symbol->name,
					      target.section, target.offset };
			return true;
		}
	}
	if (bits < 64 && reloc->field.is_signed && value >> (bits - 1) & 1)
		value |= ~(uint64_t)0 << bits;
	value <<= reloc->field.shift;
	/* No relocation in a module: the same section. */
	*ret = (struct spot){ NULL, place->section, value };
	if (reloc->value == KLPCC_RELOC_DISTANCE ||
	    reloc->value == KLPCC_RELOC_PLT_DISTANCE)
		ret->offset +=
			place->offset +
			(uint64_t)(int64_t)kernel.arch->relative_origin(code, before);
	else if (reloc->value != KLPCC_RELOC_SYMBOL || !linked)
		return false;
	return true;
}

/* ---- what the extracted code means ------------------------------------------------------ */

/* By the index; sympos 0: the only one, or the one that is not local. */
static bool indexed_address(struct klpcc_span name, uint32_t sympos, uint64_t *ret)
{
	struct klpcc_index_name entry;
	struct klpcc_index_symbol symbol;
	uint32_t of_vmlinux = 0, globals = 0;
	uint64_t address = 0, global = 0;
	bool found;

	must(klpcc_index_find_name(index_, name.start, name.len, &found, &entry));
	for (uint32_t i = 0; found && i < entry.symbols; i++) {
		must(klpcc_index_name_symbol(index_, &entry, i, &symbol));
		if (symbol.object != KLPCC_INDEX_VMLINUX || !symbol.has_address)
			continue;
		if (sympos && symbol.sympos != sympos)
			continue;
		of_vmlinux++;
		address = symbol.address;
		if (symbol.binding != STB_LOCAL) {
			globals++;
			global = symbol.address;
		}
	}
	*ret = of_vmlinux == 1 ? address : global;
	return of_vmlinux == 1 || globals == 1;
}

/*
 * In a module: its own symbol, as the module loader counts them, or one that it imports. In a compiled
 * object, which need not be all of a module, there is no counting.
 */
static bool module_spot(struct klpcc_span name, uint32_t sympos, struct spot *ret)
{
	uint32_t seen = 0;

	for (size_t i = 1; i < kernel.symbol_count; i++) {
		const struct klpcc_elf_symbol *symbol = &kernel.symbols[i];

		if (!klpcc_span_is(name, symbol->name))
			continue;
		if (!symbol->section) {
			*ret = (struct spot){ symbol->name, 0, 0 };
			return true;
		}
		if (!object_defines(symbol) ||
		    !strncmp(klpcc_elf_section(kernel.elf, symbol->section)->name,
			     ".init", 5))
			continue;
		if (++seen == (sympos && !compiled ? sympos : 1)) {
			*ret = (struct spot){ NULL, symbol->section, symbol->value };
			return true;
		}
	}
	return false;
}

static bool parse_taken(const char *name, struct klpcc_ref *ret)
{
	*ret = (struct klpcc_ref){ .symbol = klpcc_span_of(name) };
	return !strstr(name, ".klp.") || !klpcc_mark_parse(name, strlen(name), ret);
}

static bool taken_spot(const char *name, struct spot *ret)
{
	struct klpcc_ref ref;

	if (!parse_taken(name, &ref))
		return false;
	if (!linked)
		return module_spot(ref.symbol, ref.sympos, ret);
	*ret = (struct spot){ 0 };
	return indexed_address(ref.symbol, ref.sympos, &ret->offset);
}

/* ---- comparing -------------------------------------------------------------------------- */

static bool compare_code(const struct klpcc_elf_symbol *symbol, const struct spot *at,
			 size_t *targets);

static bool same_spot(const struct spot *a, const struct spot *b)
{
	if (a->undefined || b->undefined)
		return a->undefined && b->undefined &&
		       !strcmp(a->undefined, b->undefined) && a->offset == b->offset;
	return a->section == b->section && a->offset == b->offset;
}

/* Constants: by their bytes. */
static bool compare_constant(const struct target *target, const struct spot *theirs,
			     uint64_t place)
{
	const struct klpcc_elf_section *section =
		klpcc_elf_section(mine->elf, target->section);
	const unsigned char *bytes, *other;
	size_t size, length;

	bytes = object_bytes(mine, target->section, &size);
	if (!bytes || target->offset >= size)
		return differ("target", "at %#" PRIx64 " it refers to nothing", place);
	bytes += target->offset;
	size -= target->offset;
	if (section->header.sh_flags & SHF_STRINGS)
		length = strnlen((const char *)bytes, size - 1) + 1;
	else
		length = section->header.sh_entsize ? section->header.sh_entsize : 1;
	other = kernel_bytes(theirs, length < size ? length : size);
	if (!other || memcmp(bytes, other, length < size ? length : size))
		return differ("target", "at %#" PRIx64 " the kernel has another constant",
			      place);
	return true;
}

/* What the object has itself: parts of the function, what is left out of line, data of its own. */
static bool compare_own(const struct target *target, struct spot *theirs, uint64_t place,
			size_t *targets)
{
	const struct klpcc_elf_symbol *symbol = target->symbol;
	char *plain;
	bool same;

	if (!symbol)
		return compare_constant(target, theirs, place);
	theirs->offset -= target->offset - symbol->value;
	/* Under whatever name. */
	if (symbol->section == function->section && symbol->value == function->value)
		return same_spot(theirs, &function_at) ||
		       differ("target",
			      "at %#" PRIx64 " it refers to itself, the kernel not",
			      place);
	plain = plain_name(symbol->name);
	same = kernel_has(theirs, plain, true);
	if (same && symbol->type == STT_FUNC) {
		char *own = plain_name(function->name);

		if (!strcmp(plain, own))
			same = compare_code(symbol, theirs, targets);
		free(own);
	} else if (!same) {
		differ("target", "at %#" PRIx64 " it has %s of its own, the kernel not",
		       place, symbol->name);
	}
	free(plain);
	return same;
}

/* Of functions: a call, or a jump to one. */
static bool calls_another(const struct klpcc_reloc *reloc, const char *taken,
			  const struct spot *theirs)
{
	struct klpcc_ref ref;
	bool same;
	char *name;

	if (strcmp(reloc->name, "R_X86_64_PLT32") || theirs->undefined ||
	    !parse_taken(taken, &ref))
		return false;
	name = strndup(ref.symbol.start, ref.symbol.len);
	if (!name)
		die("out of memory");
	same = kernel_has(theirs, name, false);
	free(name);
	return !same;
}

static bool compare_target(const struct klpcc_elf_symbol *symbol,
			   const struct klpcc_elf_relocation *relocation,
			   const struct klpcc_reloc *reloc, const struct spot *at,
			   const unsigned char *code, size_t *targets)
{
	uint64_t place = relocation->offset - symbol->value;
	struct target target = object_target(mine, symbol->section, relocation);
	struct spot spot = { at->undefined, at->section, at->offset + place }, theirs,
		    own;

	if (!kernel_target(&spot, code, place, reloc, &theirs))
		return differ("target",
			      "at %#" PRIx64 " it has %s, which the kernel has not there",
			      place, reloc->name);
	++*targets;
	if (target.section) {
		return compare_own(&target, &theirs, place, targets);
	}
	if (!target.symbol || !taken_spot(target.symbol->name, &own))
		return differ("target",
			      "at %#" PRIx64 " it takes %s, which cannot be found", place,
			      target.symbol ? target.symbol->name : "nothing");
	own.offset += target.offset;
	if (!same_spot(&own, &theirs))
		return differ(calls_another(reloc, target.symbol->name, &theirs)
				      ? "code"
				      : "target",
			      "at %#" PRIx64 " it takes %s + %" PRIu64 ", at %#" PRIx64
			      " the kernel has %s %#" PRIx64,
			      place, target.symbol->name, target.offset, own.offset,
			      theirs.undefined ? theirs.undefined : "", theirs.offset);
	return true;
}

/*
 * What objtool makes of jumps that are off (scripts/Makefile.lib, --hacks=jump_label; in
 * tools/objtool/check.c, handle_jump_alt()): a NOP as long, where bit 1 of the entry's key is set.
 */
static void set_nops(const struct klpcc_elf_symbol *symbol, unsigned char *code,
		     bool *dead)
{
	static const unsigned char two[] = { 0x66, 0x90 },
				   five[] = { 0x0f, 0x1f, 0x44, 0, 0 };
	const struct klpcc_elf_section *table =
		klpcc_elf_find_section(mine->elf, "__jump_table");
	const struct klpcc_elf_relocation *list;
	size_t count;

	if (!table || mine->arch->big_endian || compiled)
		return;
	list = object_relocations(mine, table->index, &count);
	for (size_t i = 0; i + 2 < count; i += 3) {
		const struct klpcc_elf_symbol *to = &mine->symbols[list[i].symbol];
		uint64_t at = to->value + (uint64_t)list[i].addend - symbol->value;

		if (to->section != symbol->section || at >= symbol->size ||
		    !(list[i + 2].addend & 2))
			continue;
		if (code[at] == 0xeb && symbol->size - at >= sizeof(two))
			memcpy(code + at, two, sizeof(two));
		else if (code[at] == 0xe9 && symbol->size - at >= sizeof(five)) {
			memcpy(code + at, five, sizeof(five));
			memset(dead + at, true, sizeof(five));
		}
	}
}

static bool compare_bytes(const struct klpcc_elf_symbol *symbol,
			  const unsigned char *code, const unsigned char *theirs,
			  const bool *masked)
{
	for (uint64_t i = 0; i < symbol->size; i++)
		if (code[i] != theirs[i] && !masked[i])
			return differ("code",
				      "at %s + %#" PRIx64 " it has %02x, the kernel %02x",
				      symbol->name, i, code[i], theirs[i]);
	return true;
}

static bool compare_code(const struct klpcc_elf_symbol *symbol, const struct spot *at,
			 size_t *targets)
{
	const struct klpcc_elf_relocation *list;
	const unsigned char *theirs = kernel_bytes(at, symbol->size);
	unsigned char *code;
	bool *masked, *dead, same;
	size_t size, count;

	if (!theirs)
		return differ("code",
			      "%s has %" PRIu64
			      " bytes, which the kernel has not at %#" PRIx64,
			      symbol->name, symbol->size, at->offset);
	code = make(symbol->size, 1);
	masked = make(symbol->size, sizeof(*masked));
	dead = make(symbol->size, sizeof(*dead));
	memcpy(code, object_bytes(mine, symbol->section, &size) + symbol->value,
	       symbol->size);
	set_nops(symbol, code, dead);
	list = object_relocations(mine, symbol->section, &count);
	for (size_t i = 0; i < count; i++) {
		uint64_t place = list[i].offset - symbol->value;
		unsigned int width = 0;

		if (place < symbol->size && !dead[place] &&
		    klpcc_arch_applies(mine->arch, list[i].type, &width) &&
		    width <= symbol->size - place)
			memset(masked + place, true, width);
	}
	same = compare_bytes(symbol, code, theirs, masked);
	for (size_t i = 0; same && i < count; i++) {
		uint64_t place = list[i].offset - symbol->value;

		if (place < symbol->size && masked[place])
			same = compare_target(symbol, &list[i],
					      klpcc_reloc_find(mine->arch->relocs,
							       mine->arch->reloc_count,
							       list[i].type),
					      at, theirs + place, targets);
	}
	free(code);
	free(masked);
	free(dead);
	return same;
}

/* ---- main ------------------------------------------------------------------------------- */

static const struct klpcc_elf_symbol *find_function(const struct object *object,
						    const char *name)
{
	for (size_t i = 1; i < object->symbol_count; i++)
		if (object_defines(&object->symbols[i]) &&
		    object->symbols[i].type == STT_FUNC &&
		    !strcmp(object->symbols[i].name, name))
			return &object->symbols[i];
	return NULL;
}

/* Where the kernel has it, and, in size, how long: 0 where only the caller knows. */
static struct spot find_spot(const char *name, const char *address, const char *section,
			     uint64_t *size)
{
	struct spot at = { NULL, 0, 0 };
	const struct klpcc_elf_section *in;

	*size = 0;
	if (!strcmp(address, "-")) {
		const struct klpcc_elf_symbol *symbol = find_function(&kernel, name);

		if (!symbol)
			die("%s: there is no function %s", kernel.path, name);
		*size = symbol->size;
		return (struct spot){ NULL, symbol->section, symbol->value };
	}
	at.offset = strtoull(address, NULL, 0);
	if (!linked) {
		in = klpcc_elf_find_section(kernel.elf, section);
		if (!in)
			die("%s: there is no section %s", kernel.path, section);
		at.section = in->index;
	}
	return at;
}

static bool judge(const char *name, const char *length, const char *address,
		  const char *section, const char *path)
{
	uint64_t size;
	struct spot at = find_spot(name, address, section, &size);
	struct object object;
	size_t targets = 0;
	bool same;

	if (strcmp(length, "-"))
		size = strtoull(length, NULL, 0);
	object_open(path, &object);
	mine = &object;
	function = find_function(&object, name);
	if (!function)
		die("%s: there is no function %s", path, name);
	function_at = at;
	same = compare_code(function, &at, &targets);
	if (same && size && size != function->size)
		same = differ("code", "it has %" PRIu64 " bytes, the original %" PRIu64,
			      function->size, size);
	if (same)
		printf("same %s %zu\n", name, targets);
	else
		printf("%s\n", verdict);
	object_close(&object);
	return same;
}

int main(int argc, char **argv)
{
	char name[512], length[32], address[32], section[128], path[4096];
	bool same = true;

	if (argc > 1 && !strcmp(argv[1], "--compiled")) {
		compiled = true;
		argv++;
		argc--;
	}
	if (argc != 3)
		die("usage: identity [--compiled] KERNEL INDEX <LIST");
	must(klpcc_index_open(argv[2], &index_));
	open_kernel(argv[1]);
	while (scanf("%511s %31s %31s %127s %4095s", name, length, address, section,
		     path) == 5)
		same &= judge(name, length, address, section, path);
	return same ? 0 : 1;
}
