// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The verifier: klp relocations that come after the kernel has read or rewritten what they change.
 *
 * Nobody refuses them: the kernel goes on with what it has read. Which sections and which
 * code these are is in ../late.
 */
#include <stdlib.h>

#include "klp-private.h"

static struct klpcc_error *refuse(struct klpcc_verify *verify,
				  const struct klpcc_verify_entry *entry,
				  const char *format, ...) KLPCC_PRINTF(3, 4);
static struct klpcc_error *refuse(struct klpcc_verify *verify,
				  const struct klpcc_verify_entry *entry,
				  const char *format, ...)
{
	struct klpcc_error *err;
	va_list args;

	va_start(args, format);
	err = klpcc_verify_add_entry(verify, KLPCC_FINDING_FAILS, KLPCC_STAGE_RUN,
				     KLPCC_CHECK_LATE, entry, format, args);
	va_end(args);
	return err;
}

static struct klpcc_error *read_ranges(struct klpcc_verify *verify)
{
	struct klpcc_klp *klp = verify->klp;

	klp->ranges = calloc(1, sizeof(*klp->ranges));
	if (!klp->ranges)
		return klpcc_error_nomem();
	return klpcc_verify_unread(
		verify, KLPCC_CHECK_LATE,
		klpcc_late_read(verify->elf, verify->arch, klp->ranges));
}

static struct klpcc_error *check_special(struct klpcc_verify *verify,
					 const struct klpcc_verify_entry *entry)
{
	return refuse(verify, entry, "section '%s' cannot wait for module %.*s: %s",
		      entry->relocated->name, (int)entry->klp->gate.len,
		      entry->klp->gate.start, entry->special->reason);
}

struct klpcc_error *klpcc_verify_late(struct klpcc_verify *verify,
				      const struct klpcc_verify_entry *entry)
{
	const struct klpcc_late_range *range;
	struct klpcc_error *err;

	/* Sections that must not have any, as any_gate says, are not relocated by the kernel. */
	if (entry->klp->early)
		return NULL;
	if (entry->special)
		return check_special(verify, entry);
	err = verify->klp->ranges ? NULL : read_ranges(verify);
	if (err)
		return err;
	range = klpcc_late_find(verify->klp->ranges, entry->relocated->index,
				entry->rela.offset, entry->type->field.width);
	if (!range)
		return NULL;
	return refuse(
		verify, entry,
		"it waits for module %.*s in code at 0x%llx of section '%s', but %s (section '%s', entry %zu)",
		(int)entry->klp->gate.len, entry->klp->gate.start,
		(unsigned long long)range->start, entry->relocated->name,
		range->rewrite->reason, klpcc_elf_section(verify->elf, range->list)->name,
		range->entry);
}
