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

#include "../index/position.h"

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
					  const struct klpcc_position *found)
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

/* The kernel itself must find the symbol in both states of its module; the resolver waits. */
static struct klpcc_error *check_coming(const struct klpcc_link *link,
					const struct klpcc_link_mark *mark,
					const struct klpcc_position *found)
{
	const char *index = link->options->index;

	if (link->options->form != KLPCC_FORM_MAINLINE ||
	    !klpcc_position_differs_while_coming(found, mark->ref.sympos))
		return NULL;
	if (mark->ref.sympos)
		return klpcc_link_mark_error(
			link, mark,
			"position %u means another symbol while the module is loading: the kernel then counts init symbols, too, and %u of that name %s before it; use --form object (index %s)",
			mark->ref.sympos, found->before,
			found->before == 1 ? "comes" : "come", index);
	return klpcc_link_mark_error(
		link, mark,
		"is not unique while the module is loading: the kernel then counts init symbols, too, and there %s %u of that name; use --form object (index %s)",
		found->init == 1 ? "is" : "are", found->init, index);
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
	struct klpcc_position found;
	uint32_t object, gate;
	struct klpcc_error *err;

	err = check_object(link, index, mark, mark->ref.object, &object);
	if (!err && klpcc_span_compare(mark->ref.gate, mark->ref.object))
		err = check_object(link, index, mark, mark->ref.gate, &gate);
	if (!err)
		err = klpcc_index_find_position(index, object, mark->ref.symbol.start,
						mark->ref.symbol.len, mark->ref.sympos,
						&found);
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
		err = klpcc_link_check_table(link, index);
	if (!err)
		err = klpcc_index_check_unchanged(index);
	klpcc_index_close(index);
	return err;
}
