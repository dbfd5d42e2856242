// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Review of a unit that is compiled in place of a file of the kernel: see review-original.h.
 *
 * GCC decides which functions of a file have code of their own and which are only parts of others,
 * so replacing a function may mean replacing its callers. The observation of the original says what
 * GCC did.
 */
#include "collect.h"
#include "diagnose.h"
#include "facts.h"
#include "initializer.h"
#include "instance.h"
#include "layout-list.h"
#include "nearby.h"
#include "original.h"
#include "plan-names.h"
#include "refusal.h"
#include "review-original.h"
#include "statics.h"
#include "types.h"
#include "warnings.h"

/* ---- what is replaced ----------------------------------------------------------------- */

/* Of the original, by the name in the source or of a variant; or NULL. */
static const struct klpcc_plan_function *find_function(const struct klpcc_unit *unit,
						       const char *name)
{
	const unsigned int place =
		klpcc_plan_first(unit->plan_names, KLPCC_LIST_FUNCTIONS, name);

	return place != KLPCC_NO_PLACE ? &unit->plan->functions[place] : NULL;
}

static bool can_be_replaced(const struct klpcc_unit *unit,
			    const struct klpcc_plan_function *function)
{
	const struct klpcc_plan_symbol *symbol =
		klpcc_original_symbol(unit, function->label);

	return symbol && symbol->state == KLPCC_PLAN_SAME && function->fentry;
}

/* A function on the way from one that is replaced to what holds its code, or calls it. */
struct step {
	const char *name;
	bool is_end; /* the kernel can redirect it, so what is above does not matter */
};

struct way {
	auto_vec<struct step> steps;
	hash_set<tree> names; /* of steps, as identifiers; of a variant: the function's */
};

/* False when it is one of them already. */
static bool add_step(struct way *way, const char *name, bool is_end)
{
	if (way->names.add(get_identifier_with_length(name, strcspn(name, "."))))
		return false;
	way->steps.safe_push({ name, is_end });
	return true;
}

static void add_holder(struct klpcc_unit *unit, const char *name, struct way *way,
		       struct klpcc_name_list *ret)
{
	const struct klpcc_plan_function *function = find_function(unit, name);
	const bool is_end = function && can_be_replaced(unit, function);

	if (add_step(way, name, is_end) && is_end &&
	    !klpcc_original_replaced(unit, function->label))
		klpcc_add_name(ret, function->name);
}

static void add_inlined(struct klpcc_unit *unit, const char *from, struct way *way,
			struct klpcc_name_list *ret)
{
	unsigned int i = klpcc_plan_first(unit->plan_names, KLPCC_LIST_INLINED, from);

	for (; i != KLPCC_NO_PLACE;
	     i = klpcc_plan_next(unit->plan_names, KLPCC_LIST_INLINED, i))
		add_holder(unit, unit->plan->inlined[i].second, way, ret);
}

static void add_callers(struct klpcc_unit *unit, const char *from, struct way *way,
			struct klpcc_name_list *ret)
{
	unsigned int i = klpcc_plan_first(unit->plan_names, KLPCC_LIST_CALLS, from);

	for (; i != KLPCC_NO_PLACE;
	     i = klpcc_plan_next(unit->plan_names, KLPCC_LIST_CALLS, i))
		add_holder(unit, unit->plan->calls[i].first, way, ret);
}

/*
 * Finds those functions that hold copies of the code of one, or, with up, that call it, and
 * that are not replaced. Of a holder that the kernel cannot redirect it finds the callers.
 */
static void find_holders(struct klpcc_unit *unit, const char *from, bool up,
			 struct klpcc_name_list *ret)
{
	struct way way;

	add_step(&way, from, false);
	if (!up)
		add_inlined(unit, from, &way, ret);
	for (unsigned int i = !up; i < way.steps.length(); i++)
		if (!way.steps[i].is_end)
			add_callers(unit, way.steps[i].name, &way, ret);
}

/* The parts that GCC splits off are reached from the function itself. */
static bool is_variant(const char *clone)
{
	return strstr(clone, ".constprop.") || strstr(clone, ".isra.");
}

/* The first variant of a function; or NULL. */
static const char *find_variant(const struct klpcc_unit *unit, const char *name)
{
	const struct klpcc_plan_pair *clones = unit->plan->clones;
	unsigned int i = klpcc_plan_first(unit->plan_names, KLPCC_LIST_CLONES, name);

	while (i != KLPCC_NO_PLACE && !is_variant(clones[i].first))
		i = klpcc_plan_next(unit->plan_names, KLPCC_LIST_CLONES, i);
	return i != KLPCC_NO_PLACE ? clones[i].first : NULL;
}

static void review_variants(struct klpcc_unit *unit, tree decl, const char *name)
{
	const char *variant = find_variant(unit, name);
	struct klpcc_name_list holders = {};

	find_holders(unit, name, variant != NULL, &holders);
	if (!holders.count)
		return;
	if (variant)
		klpcc_warn_variant(decl, variant, &holders);
	else
		klpcc_warn_inlined(decl, &holders);
}

/* The label of the function that shares the code of this one; NULL: none does. */
static const char *find_twin(const struct klpcc_unit *unit,
			     const struct klpcc_plan_function *function)
{
	unsigned int place;

	if (function->merged_with)
		return function->merged_with;
	place = klpcc_plan_first(unit->plan_names, KLPCC_LIST_TWINS, function->label);
	return place != KLPCC_NO_PLACE ? unit->plan->functions[place].label : NULL;
}

static enum klpcc_replace_fault find_fault(const struct klpcc_unit *unit,
					   const struct klpcc_replaced *replaced,
					   const struct klpcc_plan_function *function)
{
	const struct klpcc_plan_symbol *symbol =
		klpcc_original_symbol(unit, replaced->name);

	if (!function)
		return KLPCC_REPLACE_NEW;
	if (function->alias_of)
		return KLPCC_REPLACE_ALIAS;
	if (find_twin(unit, function))
		return KLPCC_REPLACE_MERGED;
	if (function->init || (symbol && symbol->state == KLPCC_PLAN_INIT))
		return KLPCC_REPLACE_INIT;
	if (!symbol || !symbol->is_function)
		return KLPCC_REPLACE_NO_SYMBOL;
	if (symbol->state == KLPCC_PLAN_WEAK)
		return KLPCC_REPLACE_WEAK;
	return function->fentry ? KLPCC_REPLACE_FINE : KLPCC_REPLACE_NO_FENTRY;
}

/* Whether the object that the function is in exports it. */
static bool is_exported(const struct klpcc_unit *unit,
			const struct klpcc_plan_symbol *symbol)
{
	struct klpcc_index_name name;
	bool found;

	klpcc_unit_check(unit,
			 klpcc_index_find_name(unit->index, symbol->name,
					       strlen(symbol->name), &found, &name));
	for (uint32_t i = 0; found && i < name.exports; i++) {
		struct klpcc_index_export exported;

		klpcc_unit_check(
			unit, klpcc_index_name_export(unit->index, &name, i, &exported));
		if (!strcmp(klpcc_object_name(unit, exported.object), symbol->object))
			return true;
	}
	return false;
}

/*
 * The files of the kernel that call an exported function may be compiled for the patch, too.
 * Modules that were built outside of it are not, and nothing checks what they were built for.
 */
static void review_prototype(const struct klpcc_unit *unit, tree decl,
			     const struct klpcc_plan_function *function)
{
	const struct klpcc_plan_symbol *symbol =
		klpcc_original_symbol(unit, function->label);
	char *text;

	if (!function->type || !is_exported(unit, symbol))
		return;
	text = klpcc_type_text(TREE_TYPE(decl), function->name);
	if (strcmp(text, function->type) != 0)
		klpcc_warn_prototype(decl, function->type, text);
	free(text);
}

/* A name of the file that is near; or NULL. */
static const char *find_near(const char *name)
{
	best_match<const char *, const char *> match(name);
	cgraph_node *node;

	FOR_EACH_DEFINED_FUNCTION(node)
	if (!DECL_DECLARED_INLINE_P(node->decl))
		match.consider(klpcc_plain_name(
			IDENTIFIER_POINTER(DECL_ASSEMBLER_NAME(node->decl))));
	return match.get_best_meaningful_candidate();
}

/* Those of headers say nothing of which file it is. */
static bool has_original(const struct klpcc_unit *unit)
{
	cgraph_node *node;

	FOR_EACH_DEFINED_FUNCTION(node)
	if (!DECL_DECLARED_INLINE_P(node->decl) &&
	    klpcc_original_function(unit,
				    IDENTIFIER_POINTER(DECL_ASSEMBLER_NAME(node->decl))))
		return true;
	return false;
}

void klpcc_review_replaced(struct klpcc_unit *unit)
{
	if (!has_original(unit))
		klpcc_fatal_other_plan(unit->options.plan, unit->plan->source);
	for (const struct klpcc_replaced &replaced : unit->replaced) {
		const struct klpcc_plan_function *function =
			klpcc_original_function(unit, replaced.name);
		struct klpcc_name_list holders = {};
		const char *other = NULL;
		enum klpcc_replace_fault fault;

		if (!replaced.decl) {
			klpcc_error_replace_missing(replaced.name,
						    find_near(replaced.name));
			continue;
		}
		fault = find_fault(unit, &replaced, function);
		if (fault == KLPCC_REPLACE_FINE) {
			review_variants(unit, replaced.decl, function->name);
			review_prototype(unit, replaced.decl, function);
			continue;
		}
		if (function && fault != KLPCC_REPLACE_ALIAS)
			find_holders(unit, function->name, true, &holders);
		if (fault == KLPCC_REPLACE_ALIAS)
			other = function->alias_of;
		if (fault == KLPCC_REPLACE_MERGED)
			other = find_twin(unit, function);
		klpcc_error_replace(replaced.decl, fault, other, &holders);
	}
}

/* ---- data ----------------------------------------------------------------------------- */

static bool is_static_local(tree decl)
{
	return DECL_CONTEXT(decl) && TREE_CODE(DECL_CONTEXT(decl)) == FUNCTION_DECL;
}

/* How many the original has of the variable's function and name. */
static unsigned int count_original(const struct klpcc_unit *unit,
				   const struct klpcc_static *variable)
{
	char *key = klpcc_statics_key(variable->function, variable->name);
	unsigned int i = klpcc_plan_first(unit->plan_names, KLPCC_LIST_STATICS, key);
	unsigned int count = 0;

	free(key);
	for (; i != KLPCC_NO_PLACE;
	     i = klpcc_plan_next(unit->plan_names, KLPCC_LIST_STATICS, i))
		count++;
	return count;
}

static void review_static(const struct klpcc_unit *unit, tree decl)
{
	const struct klpcc_plan_static *original = klpcc_original_static(unit, decl);
	const struct klpcc_static *variable = klpcc_static_find(decl);
	const unsigned int count = variable ? count_original(unit, variable) : 0;

	if (!count)
		return;
	if (!original || count != variable->namesakes)
		klpcc_warn_static_moved(decl, variable->function);
	else if (original->initializer != klpcc_hash_initializer(decl))
		klpcc_warn_initializer(decl);
}

static void review_variable(const struct klpcc_unit *unit, tree decl)
{
	const struct klpcc_plan_variable *original = klpcc_original_variable(unit, decl);

	if (original && original->initializer != klpcc_hash_initializer(decl))
		klpcc_warn_initializer(decl);
}

/* ---- records -------------------------------------------------------------------------- */

/*
 * Lines of .modinfo are for people and for depmod, save for the namespaces, which scope.cc
 * reads.
 */
static bool is_compared(const char *place)
{
	return place && strcmp(place, ".modinfo");
}

static void review_record(const struct klpcc_unit *unit, tree decl)
{
	unsigned int place;
	char *key;

	/* .discard.addressable is for the compiler: EXPORT_SYMBOL() has an asm statement, too. */
	if (!is_compared(DECL_SECTION_NAME(decl)) ||
	    !strcmp(DECL_SECTION_NAME(decl), ".discard.addressable"))
		return;
	key = klpcc_record_key(DECL_SECTION_NAME(decl), klpcc_hash_initializer(decl));
	place = klpcc_plan_first(unit->plan_names, KLPCC_LIST_RECORDS, key);
	free(key);
	if (place == KLPCC_NO_PLACE)
		klpcc_warn_record(decl, DECL_SECTION_NAME(decl));
}

static void collect_records(hash_set<free_string_hash> *ret)
{
	varpool_node *node;

	FOR_EACH_VARIABLE(node) {
		const char *place = DECL_SECTION_NAME(node->decl);
		char *key;

		if (!node->definition || !place || !klpcc_is_record_place(place))
			continue;
		key = klpcc_record_key(place, klpcc_hash_initializer(node->decl));
		if (ret->add(key))
			free(key);
	}
}

static bool has_record(hash_set<free_string_hash> *records,
		       const struct klpcc_plan_variable *original)
{
	char *key = klpcc_record_key(original->section, original->initializer);
	const bool found = records->contains(key);

	free(key);
	return found;
}

static void review_records_gone(const struct klpcc_unit *unit)
{
	hash_set<free_string_hash> records;

	collect_records(&records);
	for (size_t i = 0; i < unit->plan->variables_count; i++) {
		const struct klpcc_plan_variable *original = &unit->plan->variables[i];

		if (is_compared(original->section) &&
		    klpcc_is_record_place(original->section) &&
		    !has_record(&records, original))
			klpcc_warn_record_gone(unit->plan->source, original->section,
					       original->name);
	}
}

static int by_hash(const void *a, const void *b)
{
	const uint64_t left = *static_cast<const uint64_t *>(a);
	const uint64_t right = *static_cast<const uint64_t *>(b);

	return (left > right) - (left < right);
}

/* Each once, sorted: how often a text is there does not matter. */
static void make_set(vec<uint64_t> *hashes)
{
	unsigned int count = 0;

	hashes->qsort(by_hash);
	for (uint64_t hash : *hashes)
		if (!count || (*hashes)[count - 1] != hash)
			(*hashes)[count++] = hash;
	hashes->truncate(count);
}

/* Is the word, which follows a prefix in an asm statement, a function or variable that is new? */
static bool is_new_name(const struct klpcc_unit *unit, const char *word, size_t length)
{
	char *name = xstrndup(word, length);
	const symtab_node *node = symtab_node::get_for_asmname(get_identifier(name));
	const bool is_new =
		node && node->definition && !klpcc_plan_find_symbol(unit->plan, name);

	free(name);
	return is_new;
}

/*
 * The statement of EXPORT_SYMBOL() for what the kernel does not have: no module of it can want
 * that, and other files of the patch find it without. Each name in it must be of that kind.
 */
static bool is_new_export(const struct klpcc_unit *unit, const char *text, size_t length)
{
	static const char *const prefixes[] = { "__ksymtab_", "__kstrtab_",
						"__export_symbol_" };
	char *copy = xstrndup(text, length);
	bool found = false, all_new = true;

	for (const char *prefix : prefixes)
		for (const char *at = copy; (at = strstr(at, prefix));) {
			size_t word;

			at += strlen(prefix);
			for (word = 0; ISIDNUM(at[word]); word++)
				;
			/* Sections: "__ksymtab_strings", "___ksymtab_gpl+name". */
			if (at[word] == '"' || at[word] == '+')
				continue;
			found = true;
			all_new &= is_new_name(unit, at, word);
		}
	free(copy);
	return found && all_new;
}

static void review_asm(const struct klpcc_unit *unit)
{
	auto_vec<uint64_t> here, there;

	for (asm_node *node = symtab->first_asm_symbol(); node; node = node->next)
		if (!is_new_export(unit, TREE_STRING_POINTER(node->asm_str),
				   (size_t)TREE_STRING_LENGTH(node->asm_str)))
			here.safe_push(klpcc_hash_asm(node->asm_str));
	for (size_t i = 0; i < unit->plan->asms_count; i++)
		there.safe_push(unit->plan->asms[i]);
	make_set(&here);
	make_set(&there);
	if (here.length() != there.length() ||
	    (here.length() &&
	     memcmp(here.address(), there.address(), here.length() * sizeof(uint64_t))))
		klpcc_warn_asm(unit->plan->source);
}

/* ---- types ---------------------------------------------------------------------------- */

static bool is_same_text(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

/* The first member that is another one; NULL: the shorter is the beginning of the longer. */
static const char *find_other_member(const struct klpcc_layout *layout,
				     const struct klpcc_plan_layout *original)
{
	for (unsigned int i = 0; i < layout->members.length(); i++) {
		const struct klpcc_layout_member *here = &layout->members[i];
		const struct klpcc_plan_member *there = &original->members[i];

		if (i >= original->members_count || strcmp(here->name, there->name) ||
		    here->offset != there->offset || here->size != there->size ||
		    here->value != there->value || !is_same_text(here->type, there->type))
			return here->name;
	}
	return NULL;
}

static bool is_same_layout(const struct klpcc_layout *layout,
			   const struct klpcc_plan_layout *original)
{
	return layout->size == original->size &&
	       layout->members.length() == original->members_count &&
	       !find_other_member(layout, original);
}

/*
 * The blocks of a function may each have a type of one name, as put_unaligned() makes them. Which
 * block is which nobody can tell after a change; so any of them will do.
 */
static void review_layout(const struct klpcc_unit *unit,
			  const struct klpcc_layout *layout)
{
	const unsigned int first =
		klpcc_plan_first(unit->plan_names, KLPCC_LIST_LAYOUTS, layout->name);
	tree name = TYPE_STUB_DECL(layout->type);

	for (unsigned int i = first; i != KLPCC_NO_PLACE;
	     i = klpcc_plan_next(unit->plan_names, KLPCC_LIST_LAYOUTS, i))
		if (is_same_layout(layout, &unit->plan->layouts[i]))
			return;
	if (first != KLPCC_NO_PLACE)
		klpcc_warn_original_layout(
			name ? DECL_SOURCE_LOCATION(name) : UNKNOWN_LOCATION,
			layout->name,
			find_other_member(layout, &unit->plan->layouts[first]));
}

static void review_layouts(const struct klpcc_unit *unit)
{
	auto_vec<struct klpcc_layout> layouts;

	klpcc_layouts_collect(&layouts);
	for (struct klpcc_layout &layout : layouts) {
		review_layout(unit, &layout);
		klpcc_layout_deinit(&layout);
	}
}

/* ---- all of the unit ------------------------------------------------------------------ */

void klpcc_review_original(const struct klpcc_unit *unit)
{
	varpool_node *node;

	FOR_EACH_VARIABLE(node) {
		tree decl = node->decl;

		if (!node->definition || !DECL_NAME(decl) || DECL_HARD_REGISTER(decl) ||
		    klpcc_is_instance(unit, decl))
			continue;
		if (klpcc_is_record(decl))
			review_record(unit, decl);
		else if (is_static_local(decl))
			review_static(unit, decl);
		else
			review_variable(unit, decl);
	}
	review_records_gone(unit);
	review_asm(unit);
	review_layouts(unit);
}

/* ---- what is kept --------------------------------------------------------------------- */

/*
 * What makes and frees shadow variables calls its constructor or destructor before it returns, and
 * keeps no pointer to it: kernel/livepatch/shadow.c.
 */
static bool is_shadow_call(const struct ipa_ref *ref)
{
	tree callee = ref->stmt && is_gimple_call(ref->stmt)
			      ? gimple_call_fndecl(ref->stmt)
			      : NULL_TREE;

	return callee && DECL_NAME(callee) &&
	       !strncmp(IDENTIFIER_POINTER(DECL_NAME(callee)), "klp_shadow_",
			strlen("klp_shadow_"));
}

static location_t find_address_use(symtab_node *node)
{
	struct ipa_ref *ref;

	for (unsigned int i = 0; node->iterate_referring(i, ref); i++)
		if (ref->use == IPA_REF_ADDR && klpcc_may_be_called_through(ref) &&
		    !is_shadow_call(ref))
			return ref->stmt ? gimple_location(ref->stmt)
					 : DECL_SOURCE_LOCATION(ref->referring->decl);
	return UNKNOWN_LOCATION;
}

/* A pointer that the kernel keeps to it is dead when the patch is gone. */
static void review_function(const struct klpcc_unit *unit, cgraph_node *node)
{
	const location_t loc = find_address_use(node);

	if (loc != UNKNOWN_LOCATION)
		klpcc_warn_pointer(loc, node->decl);
}

/* Whether the original has memory for the variable. */
static bool has_memory(const struct klpcc_unit *unit, tree decl)
{
	if (is_static_local(decl))
		return klpcc_original_static(unit, decl)->label;
	return !klpcc_original_variable(unit, decl)->gone;
}

/*
 * GCC had no memory for a variable that the original never writes. Code of the kernel that reads it
 * has its first value.
 */
static void review_own_variable(const struct klpcc_unit *unit, varpool_node *node)
{
	tree decl = node->decl;
	struct ipa_ref *ref;

	if (TREE_READONLY(decl) || DECL_HARD_REGISTER(decl) ||
	    !klpcc_original_is_variable(unit, decl))
		return;
	if (has_memory(unit, decl)) {
		klpcc_error_no_data_symbol(decl);
		return;
	}
	for (unsigned int i = 0; node->iterate_referring(i, ref); i++)
		if (ref->use != IPA_REF_LOAD && ref->stmt) {
			klpcc_warn_folded(decl, gimple_location(ref->stmt));
			return;
		}
}

void klpcc_review_kept(const struct klpcc_unit *unit)
{
	symtab_node *node;

	FOR_EACH_SYMBOL(node) {
		if (!node->definition || node->alias || !DECL_NAME(node->decl))
			continue;
		if (cgraph_node *function = dyn_cast<cgraph_node *>(node))
			review_function(unit, function);
		else if (!klpcc_is_instance(unit, node->decl) &&
			 !klpcc_is_record(node->decl))
			review_own_variable(unit, dyn_cast<varpool_node *>(node));
	}
}
