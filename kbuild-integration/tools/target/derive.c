// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What follows from the symbols of vmlinux once they are collected: which lie in init
 * memory, which are exported where no symvers tells it, and whether symvers and symbols
 * belong to one kernel. This is here and not in the readers, so that all of them are
 * treated alike.
 */
#include "target.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "kallsyms-rules.h"
#include "target-data.h"

#define KSYMTAB_PREFIX "__ksymtab_"

/* A mismatch shows in hundreds of names; a few stray ones do not prove one. */
#define LOST_EXPORTS_MINIMUM 10
#define LOST_EXPORTS_PERCENT 3

struct range {
	uint64_t start, end; /* end is not inside */
};

/*
 * Where symbol number i is: its address; without one (kptr_restrict), its place in the
 * list, which the readers keep in the order of the addresses.
 */
static uint64_t place_of(const struct klpcc_target *target, size_t i)
{
	return target->symbols[i].has_address ? target->symbols[i].address : i;
}

static bool find_place(const struct klpcc_target *target, const char *name, uint64_t *ret)
{
	for (size_t i = 0; i < target->symbols_count; i++) {
		const struct klpcc_symbol_data *symbol = &target->symbols[i];

		if (symbol->object != KLPCC_TARGET_VMLINUX ||
		    strcmp(klpcc_string_text(&target->strings, symbol->name), name))
			continue;
		*ret = place_of(target, i);
		return true;
	}
	return false;
}

/* An empty range when one of the two symbols is missing. */
static struct range find_range(const struct klpcc_target *target, const char *start,
			       const char *end)
{
	struct range range = { 0, 0 };

	if (!find_place(target, start, &range.start) ||
	    !find_place(target, end, &range.end))
		range.start = range.end = 0;
	return range;
}

static bool range_contains(const struct range *range, uint64_t place)
{
	return range->start <= place && place < range->end;
}

void klpcc_target_mark_init(struct klpcc_target *target)
{
	struct range init = find_range(target, "__init_begin", "__init_end");
	struct range percpu = find_range(target, "__per_cpu_start", "__per_cpu_end");

	if (init.start == init.end)
		init = find_range(target, "_sinittext", "_einittext");
	if (init.start == init.end)
		return;
	for (size_t i = 0; i < target->symbols_count; i++) {
		struct klpcc_symbol_data *symbol = &target->symbols[i];

		if (symbol->object == KLPCC_TARGET_VMLINUX)
			symbol->init = range_contains(&init, place_of(target, i)) &&
				       !range_contains(&percpu, place_of(target, i));
	}
}

void klpcc_target_derive_kallsyms_all(struct klpcc_target *target)
{
	bool all = false;

	for (size_t i = 0; !all && i < target->symbols_count; i++)
		all = target->symbols[i].object == KLPCC_TARGET_VMLINUX &&
		      klpcc_kallsyms_is_variable(target->symbols[i].kallsyms_type);
	klpcc_target_set_kallsyms_all(target, all);
}

/* The symbol that begins the list: arch/x86/kernel/vmlinux.lds.S. */
void klpcc_target_derive_seals(struct klpcc_target *target)
{
	bool data = false, list = false;

	for (size_t i = 0; i < target->symbols_count; i++) {
		const struct klpcc_symbol_data *symbol = &target->symbols[i];

		if (symbol->object != KLPCC_TARGET_VMLINUX)
			continue;
		data = data || klpcc_kallsyms_is_variable(symbol->kallsyms_type);
		list = list || !strcmp(klpcc_string_text(&target->strings, symbol->name),
				       "__ibt_endbr_seal");
	}
	if (!data || list)
		return;
	for (uint32_t i = 0; i < target->objects_count; i++)
		klpcc_target_set_seals_known(target, i);
}

struct klpcc_error *klpcc_target_derive_exports(struct klpcc_target *target)
{
	struct range gpl =
		find_range(target, "__start___ksymtab_gpl", "__stop___ksymtab_gpl");
	bool known = gpl.start != gpl.end;
	size_t prefix = strlen(KSYMTAB_PREFIX);

	for (size_t i = 0; i < target->symbols_count; i++) {
		const struct klpcc_symbol_data *symbol = &target->symbols[i];
		const char *name = klpcc_string_text(&target->strings, symbol->name);
		struct klpcc_target_export export_ = { 0 };
		struct klpcc_error *err;
		char *copy;

		if (symbol->object != KLPCC_TARGET_VMLINUX ||
		    strncmp(name, KSYMTAB_PREFIX, prefix) || !name[prefix])
			continue;
		/* Adding moves the strings. */
		copy = strdup(name + prefix);
		if (!copy)
			return klpcc_error_nomem();
		export_.name = copy;
		export_.gpl = !known || range_contains(&gpl, place_of(target, i));
		err = klpcc_target_add_export(target, KLPCC_TARGET_VMLINUX, &export_);
		free(copy);
		if (err)
			return err;
	}
	return NULL;
}

/* Which strings are names of symbols of vmlinux; NULL without memory. */
static bool *vmlinux_names(const struct klpcc_target *target, bool *has_data)
{
	bool *present = calloc(target->strings.count, sizeof(*present));

	if (!present)
		return NULL;
	*has_data = false;
	for (size_t i = 0; i < target->symbols_count; i++) {
		const struct klpcc_symbol_data *symbol = &target->symbols[i];

		if (symbol->object != KLPCC_TARGET_VMLINUX)
			continue;
		present[symbol->name] = true;
		if (klpcc_kallsyms_is_variable(symbol->kallsyms_type))
			*has_data = true;
	}
	return present;
}

struct klpcc_error *klpcc_target_check_exports(const struct klpcc_target *target)
{
	const char *example = NULL;
	size_t exports = 0, lost = 0;
	bool has_data, *present;

	present = vmlinux_names(target, &has_data);
	if (!present)
		return klpcc_error_nomem();
	for (size_t i = 0; i < target->exports_count; i++) {
		const struct klpcc_export_data *export_ = &target->exports[i];

		if (export_->object != KLPCC_TARGET_VMLINUX)
			continue;
		exports++;
		if (present[export_->name])
			continue;
		if (!lost++)
			example = klpcc_string_text(&target->strings, export_->name);
	}
	free(present);
	/* Without CONFIG_KALLSYMS_ALL a kernel does not name its data: nothing to compare. */
	if (!has_data || lost < LOST_EXPORTS_MINIMUM ||
	    lost * 100 < exports * LOST_EXPORTS_PERCENT)
		return NULL;
	return klpcc_error_new(
		EINVAL,
		"does not belong to this kernel: it lists %zu exports of vmlinux, but vmlinux lacks %zu of them, such as %.64s",
		exports, lost, example);
}
