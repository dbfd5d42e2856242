// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The verifier: where symbols and places can be, and which values follow from that.
 *
 * The kernel is somewhere in a range (KASLR), and so is the module. A value is an interval:
 * what fits a field for all of it fits always.
 */
#include <elf.h>
#include <string.h>

#include "klp-private.h"

__extension__ typedef __int128 wide;

struct interval {
	wide low, high;
};

struct layout {
	int64_t kernel_low, kernel_high; /* addresses of vmlinux */
	int64_t module_low, module_high; /* of all modules */
	int64_t far_low, far_high;       /* vmlinux, from a module */
	int64_t near; /* two modules, or two parts of one, either way */
};

#define KIB(n) ((int64_t)(n) << 10)
#define MIB(n) ((int64_t)(n) << 20)
#define GIB(n) ((int64_t)(n) << 30)

/*
 * arch/x86/include/asm/pgtable_64_types.h and page_64_types.h: the image lies in the first
 * GiB from __START_KERNEL_map on, and not in its first 2 MiB (CONFIG_PHYSICAL_ALIGN); the
 * modules' area begins after 512 MiB without KASLR, and ends 16 MiB before the end of
 * memory.
 */
static const struct layout layout_x86 = {
	.kernel_low = -GIB(2) + MIB(2),
	.kernel_high = -GIB(1),
	.module_low = -GIB(2) + GIB(1) / 2,
	.module_high = -MIB(16),
	.far_low = -GIB(2) + MIB(2 + 16),
	.far_high = -GIB(1) + GIB(2) - GIB(1) / 2,
	.near = GIB(2) - GIB(1) / 2 - MIB(16),
};

/*
 * arch/s390/boot/startup.c before 6.10: the image is in the identity mapping, from 1 MiB on; the
 * modules' area, of the size MODULES_LEN (arch/s390/include/asm/pgtable.h), is at the end of an
 * address space of 4 TiB or 8 PiB. Guard pages keep two bytes of it a little less than its length
 * apart.
 */
#define S390_NEAR (GIB(2) - KIB(64))
static const struct layout layout_s390_apart = {
	.kernel_low = MIB(1),
	.kernel_high = GIB(1 << 10),
	.module_low = GIB(2 << 10),
	.module_high = GIB(8 << 20),
	.far_low = -GIB(8 << 20),
	.far_high = -GIB(1 << 10),
	.near = S390_NEAR,
};

/* Since 6.10 the image is in the virtual address space, right after the modules' area. */
static const struct layout layout_s390_together = {
	.kernel_low = GIB(2),
	.kernel_high = GIB(8 << 20),
	.module_low = GIB(2),
	.module_high = GIB(8 << 20),
	.far_low = 0,
	.far_high = GIB(2) + GIB(1) / 2,
	.near = S390_NEAR,
};

/* Either of them. */
static const struct layout layout_s390_unknown = {
	.kernel_low = MIB(1),
	.kernel_high = GIB(8 << 20),
	.module_low = GIB(2),
	.module_high = GIB(8 << 20),
	.far_low = -GIB(8 << 20),
	.far_high = GIB(2) + GIB(1) / 2,
	.near = S390_NEAR,
};

static const struct layout *find_layout(const struct klpcc_verify *verify)
{
	if (verify->arch->machine == EM_X86_64)
		return &layout_x86;
	if (!verify->kernel)
		return &layout_s390_unknown;
	return verify->kernel < KLPCC_KERNEL(6, 10) ? &layout_s390_apart
						    : &layout_s390_together;
}

/* ---- symbols --------------------------------------------------------------------------- */

/*
 * Per-cpu symbols of x86 are offsets, up to 6.14, far below the image, wherever that is.
 * The image of s390 moves up only.
 */
static struct klpcc_address kernel_address(const struct klpcc_verify *verify,
					   const struct klpcc_index_symbol *symbol)
{
	const struct layout *layout = find_layout(verify);
	struct klpcc_address address = { .kind = KLPCC_ADDRESS_KERNEL,
					 .low = layout->kernel_low,
					 .high = layout->kernel_high };
	int64_t value = (int64_t)symbol->address;

	if (!symbol->has_address)
		return address;
	address.odd = value & 1;
	if (verify->arch->machine != EM_X86_64) {
		if (value > layout->kernel_low && value <= layout->kernel_high)
			address.low = value;
		return address;
	}
	if (value >= layout->kernel_low && value <= layout->kernel_high)
		return address;
	address.kind = KLPCC_ADDRESS_EXACT;
	address.low = address.high = value;
	return address;
}

static struct klpcc_address module_address(const struct klpcc_verify *verify)
{
	const struct layout *layout = find_layout(verify);

	return (struct klpcc_address){ .kind = KLPCC_ADDRESS_MODULE,
				       .low = layout->module_low,
				       .high = layout->module_high };
}

static struct klpcc_error *indexed_address(const struct klpcc_verify *verify,
					   uint32_t number, struct klpcc_address *ret)
{
	struct klpcc_index_symbol symbol;
	struct klpcc_error *err = klpcc_index_symbol(verify->index, number, &symbol);

	if (!err)
		*ret = symbol.object == KLPCC_INDEX_VMLINUX
			       ? kernel_address(verify, &symbol)
			       : module_address(verify);
	return err;
}

/* Undefined weak symbols that nobody exports become 0; others were told of as imports. */
static struct klpcc_error *import_address(const struct klpcc_verify *verify,
					  const struct klpcc_elf_symbol *symbol,
					  struct klpcc_address *ret)
{
	size_t length = strlen(symbol->name);
	struct klpcc_index_export export;
	struct klpcc_position position;
	struct klpcc_index_name name;
	struct klpcc_error *err;
	bool found;

	*ret = (struct klpcc_address){ .kind = symbol->binding == STB_WEAK
						       ? KLPCC_ADDRESS_EXACT
						       : KLPCC_ADDRESS_NOWHERE };
	err = klpcc_index_find_name(verify->index, symbol->name, length, &found, &name);
	if (err || !found || !name.exports)
		return err;
	err = klpcc_index_name_export(verify->index, &name, 0, &export);
	if (err)
		return err;
	*ret = module_address(verify);
	if (export.object != KLPCC_INDEX_VMLINUX)
		return NULL;
	*ret = kernel_address(verify, &(struct klpcc_index_symbol){ 0 });
	err = klpcc_index_find_position(verify->index, export.object, symbol->name,
					length, 0, &position);
	if (err || position.symbol == KLPCC_INDEX_NO_SYMBOL)
		return err;
	return indexed_address(verify, position.symbol, ret);
}

/*
 * simplify_symbols(): those of the module's per-cpu section have the address of its per-
 * cpu memory.
 */
static void own_address(const struct klpcc_verify *verify,
			const struct klpcc_elf_symbol *symbol, struct klpcc_address *ret)
{
	const struct klpcc_elf_section *section;

	*ret = module_address(verify);
	if (symbol->section >= klpcc_elf_sections(verify->elf)) {
		ret->kind = KLPCC_ADDRESS_NOWHERE;
		return;
	}
	section = klpcc_elf_section(verify->elf, symbol->section);
	ret->odd = section->header.sh_addralign > 1 && symbol->value & 1;
	if (strcmp(section->name, ".data..percpu"))
		return;
	if (verify->arch->machine == EM_X86_64 && verify->kernel < KLPCC_KERNEL(6, 15)) {
		ret->kind = KLPCC_ADDRESS_EXACT;
		ret->low = 0;
		ret->high = GIB(1) / 4;
		return;
	}
	*ret = kernel_address(verify, &(struct klpcc_index_symbol){ 0 });
}

static struct klpcc_error *find_address(struct klpcc_verify *verify, size_t number,
					struct klpcc_address *ret)
{
	const struct klpcc_elf_symbol *symbol = &verify->symbols[number];
	const struct klpcc_klp_symbol *klp;

	if (symbol->reserved && symbol->section == SHN_ABS) {
		*ret = (struct klpcc_address){ .kind = KLPCC_ADDRESS_EXACT,
					       .odd = symbol->value & 1,
					       .low = (int64_t)symbol->value,
					       .high = (int64_t)symbol->value };
		return NULL;
	}
	if (symbol->reserved && symbol->section != KLPCC_SHN_LIVEPATCH) {
		ret->kind = KLPCC_ADDRESS_NOWHERE;
		return NULL;
	}
	if (!symbol->reserved && symbol->section == SHN_UNDEF)
		return import_address(verify, symbol, ret);
	if (!symbol->reserved) {
		own_address(verify, symbol, ret);
		return NULL;
	}
	klp = klpcc_verify_read_klp_symbol(verify, number);
	if (klp->indexed && klp->position.symbol != KLPCC_INDEX_NO_SYMBOL)
		return indexed_address(verify, klp->position.symbol, ret);
	/* Of a module that the index does not have, or not found. */
	*ret = module_address(verify);
	if (klp->indexed || !klp->well_formed || klp->vmlinux)
		ret->kind = KLPCC_ADDRESS_NOWHERE;
	return NULL;
}

struct klpcc_error *klpcc_verify_find_address(struct klpcc_verify *verify, size_t symbol,
					      struct klpcc_address *ret)
{
	struct klpcc_address *address = &verify->klp->addresses[symbol];
	struct klpcc_error *err = NULL;

	if (address->kind == KLPCC_ADDRESS_UNKNOWN)
		err = find_address(verify, symbol, address);
	*ret = *address;
	return err;
}

/* ---- values ---------------------------------------------------------------------------- */

static struct interval distance(const struct layout *layout,
				const struct klpcc_address *address)
{
	switch (address->kind) {
	case KLPCC_ADDRESS_KERNEL:
		return (struct interval){ layout->far_low, layout->far_high };
	case KLPCC_ADDRESS_EXACT:
		return (struct interval){ (wide)address->low - layout->module_high,
					  (wide)address->high - layout->module_low };
	default:
		return (struct interval){ -layout->near, layout->near };
	}
}

/* apply_rela() goes to the symbol itself where 32 bits of halfwords reach it, else to the slot. */
static bool is_exact(const struct klpcc_verify *verify,
		     const struct klpcc_verify_entry *entry, uint64_t *offset)
{
	const struct klpcc_slots *slots = verify->klp->slots;

	return entry->type->value == KLPCC_RELOC_GOT_OFFSET
		       ? klpcc_verify_find_got_slot(slots, entry->rela.symbol, offset)
		       : klpcc_verify_find_plt_slot(slots, entry->rela.symbol, offset);
}

static struct interval value_of(const struct klpcc_verify *verify,
				const struct klpcc_verify_entry *entry,
				const struct klpcc_address *address)
{
	const struct layout *layout = find_layout(verify);
	struct interval value = { -layout->near, layout->near };
	uint64_t offset = 0;

	switch (entry->type->value) {
	case KLPCC_RELOC_SYMBOL:
		value = (struct interval){ address->low, address->high };
		break;
	case KLPCC_RELOC_DISTANCE:
	case KLPCC_RELOC_SYMBOL_OFFSET:
		value = distance(layout, address);
		break;
	case KLPCC_RELOC_GOT_OFFSET:
	case KLPCC_RELOC_PLT_OFFSET:
		is_exact(verify, entry, &offset);
		value = (struct interval){ (wide)offset, (wide)offset };
		break;
	default: /* from one part of the module to another */
		break;
	}
	value.low += entry->rela.addend;
	value.high += entry->rela.addend;
	return value;
}

static struct interval range_of(const struct klpcc_reloc_field *field)
{
	unsigned int bits = field->bits + field->shift;
	wide one = 1;

	if (field->is_signed)
		return (struct interval){ -(one << (bits - 1)), (one << (bits - 1)) - 1 };
	return (struct interval){ 0, (one << bits) - 1 };
}

static bool is_odd(const struct klpcc_verify_entry *entry,
		   const struct klpcc_address *address)
{
	bool odd = entry->rela.addend & 1;

	switch (entry->type->value) {
	case KLPCC_RELOC_DISTANCE:
		odd ^= address->odd;
		break;
	case KLPCC_RELOC_GOT_START:
	case KLPCC_RELOC_GOT_DISTANCE:
	case KLPCC_RELOC_PLT_DISTANCE:
		break;
	default:
		return odd;
	}
	/* Without alignment the section's address is unknown; compilers align what holds these. */
	return odd ^
	       (entry->relocated->header.sh_addralign > 1 && entry->rela.offset & 1);
}

static bool lacks_slot(const struct klpcc_verify *verify,
		       const struct klpcc_verify_entry *entry)
{
	uint64_t offset;

	if (klpcc_reloc_uses_got(entry->type))
		return !klpcc_verify_find_got_slot(verify->klp->slots, entry->rela.symbol,
						   &offset);
	return klpcc_reloc_uses_plt(entry->type) &&
	       !klpcc_verify_find_plt_slot(verify->klp->slots, entry->rela.symbol,
					   &offset);
}

enum klpcc_fit klpcc_verify_judge_fit(const struct klpcc_verify *verify,
				      const struct klpcc_verify_entry *entry,
				      const struct klpcc_address *address)
{
	const struct klpcc_reloc_field *field = &entry->type->field;
	struct interval value, range;

	if (!field->width)
		return KLPCC_FIT_ALWAYS;
	if (lacks_slot(verify, entry))
		return KLPCC_FIT_NO_SLOT;
	if (field->bits == 64 || address->kind == KLPCC_ADDRESS_NOWHERE)
		return KLPCC_FIT_ALWAYS;
	if (field->shift && is_odd(entry, address))
		return KLPCC_FIT_ODD;
	value = value_of(verify, entry, address);
	range = range_of(field);
	if (value.high < range.low || value.low > range.high)
		return KLPCC_FIT_NEVER;
	return value.low >= range.low && value.high <= range.high ? KLPCC_FIT_ALWAYS
								  : KLPCC_FIT_SOMETIMES;
}
