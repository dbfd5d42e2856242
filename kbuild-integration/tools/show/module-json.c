// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * klpcc show, printing JSON: what a relocatable file takes from elsewhere.
 */
#include "json.h"
#include "show-private.h"

static struct json_object *facts_of(const struct klpcc_show_module *module)
{
	struct json_object *json = json_object_new_object();

	if (json && klpcc_json_add_text(json, "file", klpcc_elf_label(module->elf)) &&
	    klpcc_json_add_text(json, "kind", module->finished ? "module" : "object") &&
	    klpcc_json_add_text(json, "machine", module->arch->name) &&
	    klpcc_json_add_flag(json, "livepatch", module->livepatch) &&
	    klpcc_json_add_flag(json, "signed", module->is_signed) &&
	    klpcc_json_add_text(json, "vermagic", module->vermagic) &&
	    klpcc_json_add_text(json, "form", module->form) &&
	    klpcc_json_add_text(json, "unread", module->table.unread))
		return json;
	json_object_put(json);
	return NULL;
}

/* ---- symbols --------------------------------------------------------------------------- */

/* Which symbol is meant. */
static bool add_name(struct json_object *json, const struct klpcc_show_symbol *symbol)
{
	return klpcc_json_add_span(json, "symbol", symbol->ref.symbol) &&
	       klpcc_json_add_span(json, "object", symbol->ref.object) &&
	       (!symbol->ref.object.start || symbol->kind == KLPCC_SHOW_IMPORT ||
		klpcc_json_add_number(json, "position", symbol->ref.sympos));
}

/* NULL without memory. */
static struct json_object *flags_array(uint32_t flags)
{
	struct json_object *array = json_object_new_array();
	const char *name;
	uint32_t flag;

	for (size_t i = 0; array && (name = klpcc_show_flag_name(i, &flag)); i++) {
		if (!(flags & flag) ||
		    klpcc_json_append(array, json_object_new_string(name)))
			continue;
		json_object_put(array);
		return NULL;
	}
	return array;
}

static struct json_object *reference_object(const struct klpcc_refs_record *record)
{
	struct json_object *json = json_object_new_object();

	if (json && klpcc_json_add_text(json, "file", record->file) &&
	    klpcc_json_add_number(json, "line", record->line) &&
	    klpcc_json_add_number(json, "column", record->column) &&
	    klpcc_json_add(json, "how", flags_array(record->flags)))
		return json;
	json_object_put(json);
	return NULL;
}

static struct json_object *references_array(const struct klpcc_show_module *module,
					    const struct klpcc_show_symbol *symbol)
{
	struct json_object *array = json_object_new_array();

	for (uint32_t i = symbol->first_ref; array && i != KLPCC_SHOW_NONE;
	     i = module->next_ref[i]) {
		if (klpcc_json_append(array, reference_object(&module->refs.records[i])))
			continue;
		json_object_put(array);
		return NULL;
	}
	return array;
}

static struct json_object *symbol_object(const struct klpcc_show_module *module,
					 const struct klpcc_show_symbol *symbol)
{
	static const char *const kinds[] = {
		[KLPCC_SHOW_MARK] = "mark",
		[KLPCC_SHOW_KLP] = "klp",
		[KLPCC_SHOW_TOMBSTONE] = "tombstone",
		[KLPCC_SHOW_IMPORT] = "import",
	};
	struct json_object *json = json_object_new_object();

	if (json && add_name(json, symbol) &&
	    klpcc_json_add_text(json, "kind", kinds[symbol->kind]) &&
	    klpcc_json_add_span(json, "gate", symbol->ref.gate) &&
	    klpcc_json_add_number(json, "uses", symbol->uses) &&
	    (symbol->first_ref == KLPCC_SHOW_NONE ||
	     klpcc_json_add(json, "references", references_array(module, symbol))))
		return json;
	json_object_put(json);
	return NULL;
}

static bool put_symbols(const struct klpcc_show_module *module, FILE *stream)
{
	klpcc_show_begin_list(stream, "symbols");
	for (size_t i = 0; i < module->symbol_count; i++)
		if (!klpcc_show_put_item(stream,
					 symbol_object(module, &module->symbols[i]), !i))
			return false;
	klpcc_show_end_list(stream);
	return true;
}

/* ---- relocations ----------------------------------------------------------------------- */

static bool add_place(struct json_object *json, const struct klpcc_show_module *module,
		      const struct klpcc_show_use *use)
{
	const struct klpcc_elf_symbol *holder =
		use->holder == KLPCC_SHOW_NONE ? NULL : &module->elf_symbols[use->holder];

	return klpcc_json_add_text(json, "section",
				   klpcc_show_relocated(module, use)->name) &&
	       klpcc_json_add_number(json, "offset", use->offset) &&
	       (!holder ||
		(klpcc_json_add_text(json, "in", holder->name) &&
		 klpcc_json_add_number(json, "in_offset", use->offset - holder->value)));
}

static struct json_object *use_object(const struct klpcc_show_module *module,
				      const struct klpcc_show_use *use)
{
	const char *type = klpcc_show_type(module, use);
	struct json_object *json = json_object_new_object();

	if (json && add_name(json, &module->symbols[use->symbol]) &&
	    klpcc_json_add_span(json, "gate", klpcc_show_gate(module, use)) &&
	    (type ? klpcc_json_add_text(json, "type", type)
		  : klpcc_json_add_number(json, "type", use->type)) &&
	    klpcc_json_add(json, "addend", json_object_new_int64(use->addend)) &&
	    klpcc_json_add_text(json, "kind", klpcc_show_use_kind(module, use)) &&
	    add_place(json, module, use) &&
	    klpcc_json_add_text(json, "source", klpcc_show_source(module, use)))
		return json;
	json_object_put(json);
	return NULL;
}

static bool put_uses(const struct klpcc_show_module *module, FILE *stream)
{
	klpcc_show_begin_list(stream, "relocations");
	for (size_t i = 0; i < module->use_count; i++)
		if (!klpcc_show_put_item(stream, use_object(module, &module->uses[i]),
					 !i))
			return false;
	klpcc_show_end_list(stream);
	return true;
}

/* ---- the patch table ------------------------------------------------------------------- */

static struct json_object *function_object(const struct klpcc_show_module *module,
					   const struct klpcc_patch_object *object,
					   const struct klpcc_patch_function *function)
{
	uint32_t replacement = klpcc_show_replacement(module, function);
	struct json_object *json = json_object_new_object();

	if (json && klpcc_json_add_span(json, "function", function->old_name) &&
	    klpcc_json_add_span(json, "object", klpcc_show_patched_object(object)) &&
	    (!function->sympos_known ||
	     klpcc_json_add_number(json, "position", function->sympos)) &&
	    (replacement == KLPCC_SHOW_NONE ||
	     klpcc_json_add_text(json, "replacement",
				 module->elf_symbols[replacement].name)))
		return json;
	json_object_put(json);
	return NULL;
}

static bool put_functions(const struct klpcc_show_module *module, FILE *stream)
{
	bool first = true;

	klpcc_show_begin_list(stream, "functions");
	for (size_t i = 0; i < module->table.object_count; i++) {
		const struct klpcc_patch_object *object = &module->table.objects[i];

		for (size_t j = 0; j < object->count; j++, first = false)
			if (!klpcc_show_put_item(
				    stream,
				    function_object(
					    module, object,
					    &module->table.functions[object->first + j]),
				    first))
				return false;
	}
	klpcc_show_end_list(stream);
	return true;
}

struct klpcc_error *klpcc_show_print_json(const struct klpcc_show_module *module,
					  FILE *stream)
{
	if (!klpcc_show_begin_object(stream, facts_of(module)) ||
	    !put_functions(module, stream) || !put_symbols(module, stream) ||
	    !put_uses(module, stream))
		return klpcc_error_nomem();
	klpcc_show_end_object(stream);
	return NULL;
}
