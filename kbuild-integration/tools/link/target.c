// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The final link, validating: marks against the target index.
 *
 * The plugin decided with an index which symbol each mark means, but foreign marks and marks in
 * assembler sources have not been checked. A mark that passes here names a symbol that the target
 * has, at that position.
 */
#include "link-private.h"

#include <klp-ref.h>
#include <string.h>

#include "../index/index.h"

static struct klpcc_error *check_release(const struct klpcc_link *link,
					 const struct klpcc_index *index)
{
	const char *release = klpcc_index_release(index);

	if (!*release)
		return NULL;
	if (!link->release_length)
		return klpcc_elf_error(
			link->elf, NULL,
			"no vermagic, so it is unknown whether it was built for %s",
			release);
	if (strlen(release) != link->release_length ||
	    memcmp(release, link->release, link->release_length))
		return klpcc_elf_error(link->elf, NULL,
				       "built for %.*s, but the index %s is for %s",
				       (int)link->release_length, link->release,
				       link->options->index, release);
	return NULL;
}

/* What the index knows about a name in one object. */
struct found {
	uint32_t object;
	uint32_t counted; /* symbols that the kernel counts: in vmlinux init ones too */
	uint32_t init;    /* init symbols of a module, which it does not count */
	uint32_t before;  /* of these, those that come before the one that is meant */
	bool gone;        /* the counted one that is meant is in init memory */
};

static void count_symbol(const struct klpcc_index_symbol *symbol,
			 const struct klpcc_ref *ref, struct found *found)
{
	if (symbol->init && found->object != KLPCC_INDEX_VMLINUX) {
		found->init++;
		found->before += found->counted < (ref->sympos ? ref->sympos : 1);
		return;
	}
	found->counted++;
	/* A unique symbol has no position, and is the first as well. */
	if (symbol->init && (!symbol->sympos || symbol->sympos == ref->sympos))
		found->gone = true;
}

static struct klpcc_error *count_symbols(const struct klpcc_index *index,
					 const struct klpcc_ref *ref, struct found *found)
{
	struct klpcc_index_name name;
	struct klpcc_error *err;
	bool known;

	err = klpcc_index_find_name(index, ref->symbol.start, ref->symbol.len, &known,
				    &name);
	for (uint32_t i = 0; !err && known && i < name.symbols; i++) {
		struct klpcc_index_symbol symbol;

		err = klpcc_index_name_symbol(index, &name, i, &symbol);
		if (!err && symbol.object == found->object)
			count_symbol(&symbol, ref, found);
	}
	return err;
}

static struct klpcc_error *gone_error(const struct klpcc_link *link,
				      const struct klpcc_link_mark *mark)
{
	return klpcc_link_mark_error(
		link, mark,
		"is init code or data, which is gone when the patch runs (index %s)",
		link->options->index);
}

/*
 * A use of only the address may be in init memory of vmlinux: the compiler has decided at the
 * declaration whether it is such a use. Uses that the compiler did not see are refused, with their
 * place.
 */
static struct klpcc_error *check_gone(const struct klpcc_link *link,
				      const struct klpcc_link_mark *mark)
{
	struct klpcc_link_mark refused = *mark;

	while (refused.first_ref != KLPCC_LINK_NONE &&
	       link->refs[refused.first_ref].flags & KLPCC_REF_INIT)
		refused.first_ref = link->refs[refused.first_ref].next;
	if (refused.first_ref == KLPCC_LINK_NONE && mark->first_ref != KLPCC_LINK_NONE)
		return NULL;
	return gone_error(link, &refused);
}

static struct klpcc_error *check_position(const struct klpcc_link *link,
					  const struct klpcc_link_mark *mark,
					  const struct found *found)
{
	const char *index = link->options->index;
	unsigned int sympos = mark->ref.sympos;

	if (!found->counted && !found->init)
		return klpcc_link_mark_error(link, mark, "not in the index %s", index);
	if (!found->counted)
		return gone_error(link, mark);
	if (!sympos && found->counted > 1)
		return klpcc_link_mark_error(
			link, mark,
			"%u symbols have that name, but no position is given (index %s)",
			found->counted, index);
	if (sympos > found->counted)
		return klpcc_link_mark_error(
			link, mark,
			"position %u is given, but there %s only %u (index %s)", sympos,
			found->counted == 1 ? "is" : "are", found->counted, index);
	return found->gone ? check_gone(link, mark) : NULL;
}

/*
 * klp_find_object_symbol() in the kernel's kernel/livepatch/core.c goes by the symbol
 * table that the module has at that moment: the whole table while it is coming, without the
 * symbols in init memory once it is live (add_kallsyms() in kernel/module/kallsyms.c,
 * do_init_module()). The symbol must be found in both. The table of vmlinux is never
 * cut, and the resolver always uses the table of a live module.
 */
static struct klpcc_error *check_coming(const struct klpcc_link *link,
					const struct klpcc_link_mark *mark,
					const struct found *found)
{
	const char *index = link->options->index;

	if (link->options->form != KLPCC_FORM_MAINLINE)
		return NULL;
	if (mark->ref.sympos && found->before)
		return klpcc_link_mark_error(
			link, mark,
			"position %u means another symbol while the module is loading: the kernel then counts init symbols, too, and %u of that name %s before it; use --form object (index %s)",
			mark->ref.sympos, found->before,
			found->before == 1 ? "comes" : "come", index);
	if (!mark->ref.sympos && found->init)
		return klpcc_link_mark_error(
			link, mark,
			"is not unique while the module is loading: the kernel then counts init symbols, too, and there %s %u of that name; use --form object (index %s)",
			found->init == 1 ? "is" : "are", found->init, index);
	return NULL;
}

static struct klpcc_error *check_object(const struct klpcc_link *link,
					const struct klpcc_index *index,
					const struct klpcc_link_mark *mark,
					struct klpcc_span object, uint32_t *ret)
{
	struct klpcc_error *err;
	bool known;

	err = klpcc_index_find_object(index, object.start, object.len, &known, ret);
	if (err || known)
		return err;
	return klpcc_link_mark_error(link, mark, "the index %s has no module %.*s",
				     link->options->index, (int)object.len, object.start);
}

static struct klpcc_error *check_mark(const struct klpcc_link *link,
				      const struct klpcc_index *index,
				      const struct klpcc_link_mark *mark)
{
	struct found found = { .counted = 0 };
	struct klpcc_error *err;
	uint32_t gate;

	err = check_object(link, index, mark, mark->ref.object, &found.object);
	if (!err && klpcc_span_compare(mark->ref.gate, mark->ref.object))
		err = check_object(link, index, mark, mark->ref.gate, &gate);
	if (!err)
		err = count_symbols(index, &mark->ref, &found);
	if (!err)
		err = check_position(link, mark, &found);
	return err ? err : check_coming(link, mark, &found);
}

struct klpcc_error *klpcc_link_check_target(const struct klpcc_link *link)
{
	struct klpcc_index *index;
	struct klpcc_error *err;

	if (!link->options->index)
		return klpcc_link_check_units(link, NULL);
	err = klpcc_index_open(link->options->index, &index);
	if (err)
		return err;
	err = check_release(link, index);
	if (!err)
		err = klpcc_link_check_units(link, index);
	for (size_t i = 0; !err && i < link->mark_count; i++)
		if (link->marks[i].used)
			err = check_mark(link, index, &link->marks[i]);
	if (!err)
		err = klpcc_index_check_unchanged(index);
	klpcc_index_close(index);
	return err;
}
