// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What the livepatch core makes of old_name and old_sympos of a struct klp_func.
 *
 * klp_find_object_symbol() finds the symbol by name and position, whatever it is, and
 * klp_patch_func() wants a place of ftrace in it (kernel/livepatch/core.c, patch.c). Data has none,
 * nor has what was in init memory: ftrace forgets its places when the memory is freed
 * (ftrace_free_mem() in kernel/trace/ftrace.c). The answer is for an object that runs, and says
 * whether it is another one while a module is still coming, which klp_module_coming() patches then.
 */
#include "function.h"

#include <elf.h>
#include <string.h>

/* The letter decides where an image or kallsyms has no types. 'a': absolute, or per-cpu. */
static bool is_data(const struct klpcc_index_symbol *symbol)
{
	if (symbol->type == STT_FUNC || symbol->type == STT_GNU_IFUNC)
		return false;
	return symbol->type == STT_OBJECT ||
	       strchr("aAbBdDgGrRsSvV", symbol->kallsyms_type);
}

static enum klpcc_function_verdict judge_position(const struct klpcc_position *position,
						  uint32_t sympos)
{
	if (!position->counted)
		return position->init ? KLPCC_FUNCTION_INIT : KLPCC_FUNCTION_ABSENT;
	if (!sympos && position->counted > 1)
		return KLPCC_FUNCTION_AMBIGUOUS;
	if (sympos > position->counted)
		return KLPCC_FUNCTION_NO_POSITION;
	return KLPCC_FUNCTION_FOUND;
}

static enum klpcc_function_verdict judge_symbol(const struct klpcc_index_symbol *symbol,
						bool places_known)
{
	if (is_data(symbol))
		return KLPCC_FUNCTION_DATA;
	if (symbol->init)
		return KLPCC_FUNCTION_INIT;
	if (places_known && !symbol->patchable)
		return KLPCC_FUNCTION_NOT_PATCHABLE;
	return KLPCC_FUNCTION_FOUND;
}

struct klpcc_error *klpcc_index_find_function(const struct klpcc_index *index,
					      uint32_t object, const char *name,
					      size_t length, uint32_t sympos,
					      struct klpcc_function *ret)
{
	struct klpcc_index_object properties;
	struct klpcc_function function;
	struct klpcc_index_symbol symbol;
	struct klpcc_error *err;

	err = klpcc_index_object(index, object, &properties);
	if (!err)
		err = klpcc_index_find_position(index, object, name, length, sympos,
						&function.position);
	if (err)
		return err;
	function.places_known = properties.places_known;
	function.verdict = judge_position(&function.position, sympos);
	if (function.verdict == KLPCC_FUNCTION_FOUND) {
		err = klpcc_index_symbol(index, function.position.symbol, &symbol);
		if (err)
			return err;
		function.verdict = judge_symbol(&symbol, properties.places_known);
	}
	if (function.verdict == KLPCC_FUNCTION_FOUND &&
	    klpcc_position_differs_while_coming(&function.position, sympos))
		function.verdict = KLPCC_FUNCTION_COMING;
	*ret = function;
	return NULL;
}
