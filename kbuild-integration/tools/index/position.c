// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The kernel's counting rules: which symbol of an object a name and a position mean.
 *
 * The link asks for marks, and function.c for the functions that a patch replaces. The symbols of a
 * name are sorted by object, and within an object in the order in which the kernel counts them.
 */
#include "position.h"

/*
 * Number, within the name, of the first symbol that is not of an object before this one, or of the
 * one before it, which is not read: most names have one symbol.
 */
static struct klpcc_error *find_first(const struct klpcc_index *index,
				      const struct klpcc_index_name *name,
				      uint32_t object, uint32_t *ret)
{
	uint32_t low = 0, high = name->symbols;

	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;
		struct klpcc_index_symbol symbol;
		struct klpcc_error *err;

		err = klpcc_index_name_symbol(index, name, middle, &symbol);
		if (err)
			return err;
		if (symbol.object < object)
			low = middle + 1;
		else
			high = middle;
	}
	*ret = low;
	return NULL;
}

/* number: of the symbol in the index. wanted: from 1. */
static void count_symbol(const struct klpcc_index_symbol *symbol, uint32_t number,
			 uint32_t wanted, struct klpcc_position *position)
{
	if (symbol->init && symbol->object != KLPCC_INDEX_VMLINUX) {
		position->init++;
		position->before += position->counted < wanted;
		return;
	}
	if (++position->counted == wanted) {
		position->symbol = number;
		position->gone = symbol->init;
	}
}

struct klpcc_error *klpcc_index_find_position(const struct klpcc_index *index,
					      uint32_t object, const char *name,
					      size_t length, uint32_t sympos,
					      struct klpcc_position *ret)
{
	struct klpcc_position position = { 0, 0, 0, KLPCC_INDEX_NO_SYMBOL, false };
	struct klpcc_index_name found;
	struct klpcc_error *err;
	bool known;
	uint32_t i = 0;

	err = klpcc_index_find_name(index, name, length, &known, &found);
	if (!err && known)
		err = find_first(index, &found, object, &i);
	while (!err && known && i < found.symbols) {
		struct klpcc_index_symbol symbol;

		err = klpcc_index_name_symbol(index, &found, i, &symbol);
		if (err || symbol.object > object)
			break;
		if (symbol.object == object)
			count_symbol(&symbol, found.first_symbol + i, sympos ? sympos : 1,
				     &position);
		i++;
	}
	if (err)
		return err;
	/* Without a position none of several is meant. */
	if (!sympos && position.counted > 1) {
		position.symbol = KLPCC_INDEX_NO_SYMBOL;
		position.gone = false;
	}
	*ret = position;
	return NULL;
}

bool klpcc_position_differs_while_coming(const struct klpcc_position *position,
					 uint32_t sympos)
{
	return sympos ? position->before : position->init;
}
