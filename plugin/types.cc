// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Types: see types.h.
 *
 * Compares what a caller and a called function must agree on: how many parameters there are, how
 * large they are, and what pointers point to. Ignores what makes no difference to them, and what
 * a careful author may well write differently from the kernel: qualifiers, signs, the names of
 * typedefs, an integer for an enum, void * for any pointer.
 */
#include <elf.h>

#include "klp-ref.h"
#include "types.h"

/* How many levels of nested types are compared: a pointer to a function with a pointer to... */
#define DEEP 6

struct comparison {
	const struct klpcc_btf *btf;
	struct klpcc_type_difference *difference;
};

static struct klpcc_error *compare_value(const struct comparison *with, tree type,
					 uint32_t id, int depth, bool *same);

/* ---- the target's types ------------------------------------------------------------ */

struct opened {
	uint32_t object;
	const struct klpcc_btf *btf;
};

/* Never closed: the compiler ends. */
static auto_vec<struct opened> opened;

const struct klpcc_btf *klpcc_types_of(const struct klpcc_unit *unit, uint32_t object)
{
	const struct klpcc_btf *base = NULL;
	struct klpcc_btf *btf;

	for (const struct opened &entry : opened)
		if (entry.object == object)
			return entry.btf;
	if (object != KLPCC_INDEX_VMLINUX)
		base = klpcc_types_of(unit, KLPCC_INDEX_VMLINUX);
	klpcc_unit_check(unit, klpcc_btf_open(unit->index, object, base, &btf));
	opened.safe_push({ object, btf });
	return btf;
}

/* ---- two types --------------------------------------------------------------------- */

static bool is_tag(const struct klpcc_btf_type *type)
{
	return type->kind == KLPCC_BTF_STRUCT || type->kind == KLPCC_BTF_UNION ||
	       type->kind == KLPCC_BTF_FWD;
}

static bool is_number(const struct klpcc_btf_type *type)
{
	return type->kind == KLPCC_BTF_INT || type->kind == KLPCC_BTF_ENUM ||
	       type->kind == KLPCC_BTF_ENUM64;
}

/* Both structs or both unions, with the same tag if both have one. */
static bool same_tag(tree type, const struct klpcc_btf_type *theirs)
{
	bool is_union = theirs->kind == KLPCC_BTF_UNION ||
			(theirs->kind == KLPCC_BTF_FWD && theirs->flag);
	const char *tag = klpcc_type_tag(type);

	if (!is_tag(theirs) || is_union != (TREE_CODE(type) == UNION_TYPE))
		return false;
	return !*tag || !*theirs->name || !strcmp(tag, theirs->name);
}

/* Compares sizes that are both known; an array without a size has none. */
static struct klpcc_error *compare_size(const struct comparison *with, tree type,
					uint32_t id, bool *same)
{
	HOST_WIDE_INT here = int_size_in_bytes(type);
	struct klpcc_error *err;
	uint64_t there;
	bool known;

	err = klpcc_btf_size(with->btf, id, &known, &there);
	*same = err || !known || here <= 0 || !there || (uint64_t)here == there;
	if (!*same) {
		with->difference->what = klpcc_type_difference::SIZE;
		with->difference->here = here;
		with->difference->there = there;
	}
	return err;
}

static unsigned int count_parameters(tree type)
{
	unsigned int count = 0;

	for (tree entry = TYPE_ARG_TYPES(type); entry && !VOID_TYPE_P(TREE_VALUE(entry));
	     entry = TREE_CHAIN(entry))
		count++;
	return count;
}

/* A final "..." in a prototype of the target is not a parameter. */
static struct klpcc_error *count_target_parameters(const struct comparison *with,
						   const struct klpcc_btf_type *theirs,
						   unsigned int *count, bool *variadic)
{
	struct klpcc_error *err = NULL;
	uint32_t last = 1;

	if (theirs->count)
		err = klpcc_btf_parameter(with->btf, theirs, theirs->count - 1, &last);
	*variadic = !last;
	*count = theirs->count - *variadic;
	return err;
}

/* One place of a function: notes the number of the place when it differs. */
static struct klpcc_error *compare_place(const struct comparison *with,
					 unsigned int parameter, tree type, uint32_t id,
					 int depth, bool *same)
{
	struct klpcc_type_difference *difference = with->difference;
	struct klpcc_error *err = compare_value(with, type, id, depth, same);

	if (!err && !*same) {
		if (difference->what != klpcc_type_difference::SIZE)
			difference->what = klpcc_type_difference::TYPE;
		difference->parameter = parameter;
		difference->here_type = type;
		difference->there_type = id;
	}
	return err;
}

static struct klpcc_error *compare_parameters(const struct comparison *with, tree type,
					      const struct klpcc_btf_type *theirs,
					      int depth, bool *same)
{
	struct klpcc_type_difference *difference = with->difference;
	unsigned int here = count_parameters(type), there, number = 0;
	struct klpcc_error *err;
	bool variadic;

	err = count_target_parameters(with, theirs, &there, &variadic);
	if (err)
		return err;
	*same = here == there && variadic == stdarg_p(type);
	if (!*same) {
		difference->what = here == there ? klpcc_type_difference::VARIADIC
						 : klpcc_type_difference::PARAMETERS;
		difference->here = here == there ? stdarg_p(type) : here;
		difference->there = there;
		return NULL;
	}
	for (tree entry = TYPE_ARG_TYPES(type); !err && *same && number < here;
	     entry = TREE_CHAIN(entry)) {
		uint32_t id;

		err = klpcc_btf_parameter(with->btf, theirs, number++, &id);
		if (!err)
			err = compare_place(with, number, TREE_VALUE(entry), id, depth,
					    same);
	}
	return err;
}

static struct klpcc_error *compare_function(const struct comparison *with, tree type,
					    const struct klpcc_btf_type *theirs,
					    int depth, bool *same)
{
	struct klpcc_error *err = NULL;

	*same = true;
	/* `int foo()` says nothing of parameters. */
	if (prototype_p(type))
		err = compare_parameters(with, type, theirs, depth, same);
	if (!err && *same)
		err = compare_place(with, 0, TREE_TYPE(type), theirs->type, depth, same);
	return err;
}

/* The element of arrays of arrays, which BTF of some tools has as one. */
static struct klpcc_error *element_of(const struct klpcc_btf *btf, uint32_t *id,
				      struct klpcc_btf_type *type)
{
	struct klpcc_error *err = klpcc_btf_strip(btf, *id, type);

	for (int i = 0; !err && type->kind == KLPCC_BTF_ARRAY && i < DEEP; i++) {
		uint32_t elements;

		klpcc_btf_array(type, id, &elements);
		err = klpcc_btf_strip(btf, *id, type);
	}
	return err;
}

/* Only the elements; compare_value() compares the size of the whole. */
static struct klpcc_error *compare_elements(const struct comparison *with, tree type,
					    uint32_t id, int depth, bool *same)
{
	struct klpcc_btf_type theirs;
	struct klpcc_error *err = element_of(with->btf, &id, &theirs);

	return err ? err : compare_value(with, strip_array_types(type), id, depth, same);
}

static struct klpcc_error *compare_pointee(const struct comparison *with, tree type,
					   uint32_t id, int depth, bool *same)
{
	struct klpcc_btf_type theirs;
	struct klpcc_error *err = klpcc_btf_strip(with->btf, id, &theirs);

	*same = true;
	if (err || !depth || VOID_TYPE_P(type) || theirs.kind == KLPCC_BTF_VOID)
		return err;
	switch (TREE_CODE(type)) {
	case RECORD_TYPE:
	case UNION_TYPE:
		*same = same_tag(type, &theirs);
		return NULL;
	case FUNCTION_TYPE:
		*same = theirs.kind == KLPCC_BTF_FUNC_PROTO;
		return *same ? compare_function(with, type, &theirs, depth - 1, same)
			     : NULL;
	default:
		return compare_value(with, type, id, depth - 1, same);
	}
}

static struct klpcc_error *compare_value(const struct comparison *with, tree type,
					 uint32_t id, int depth, bool *same)
{
	struct klpcc_btf_type theirs;
	struct klpcc_error *err = klpcc_btf_strip(with->btf, id, &theirs);

	with->difference->what = klpcc_type_difference::TYPE;
	*same = true;
	if (err || !depth)
		return err;
	switch (TREE_CODE(type)) {
	case VOID_TYPE:
		*same = theirs.kind == KLPCC_BTF_VOID;
		return NULL;
	case INTEGER_TYPE:
	case ENUMERAL_TYPE:
	case BOOLEAN_TYPE:
		*same = is_number(&theirs);
		break;
	case REAL_TYPE:
		*same = theirs.kind == KLPCC_BTF_FLOAT;
		break;
	case POINTER_TYPE:
		*same = theirs.kind == KLPCC_BTF_PTR;
		return *same ? compare_pointee(with, TREE_TYPE(type), theirs.type, depth,
					       same)
			     : NULL;
	case RECORD_TYPE:
	case UNION_TYPE:
		*same = same_tag(type, &theirs);
		break;
	case ARRAY_TYPE:
		*same = theirs.kind == KLPCC_BTF_ARRAY;
		if (*same)
			err = compare_elements(with, type, id, depth, same);
		break;
	default: /* nothing that BTF knows */
		break;
	}
	return err || !*same ? err : compare_size(with, type, id, same);
}

/* ---- a symbol ---------------------------------------------------------------------- */

/* entry: a function or a variable of the target. */
static struct klpcc_error *compare_entry(const struct klpcc_btf *btf, tree decl,
					 const struct klpcc_btf_type *entry,
					 struct klpcc_type_difference *ret)
{
	struct klpcc_type_difference difference = {};
	const struct comparison with = { btf, &difference };
	bool function = entry->kind == KLPCC_BTF_FUNC, same = true;
	struct klpcc_btf_type theirs;
	struct klpcc_error *err = klpcc_btf_strip(btf, entry->type, &theirs);

	if (err)
		return err;
	if (function != (TREE_CODE(decl) == FUNCTION_DECL)) {
		difference.what = klpcc_type_difference::FUNCTION;
		difference.here = !function;
		same = false;
	} else if (!function) {
		err = compare_place(&with, 0, TREE_TYPE(decl), entry->type, DEEP, &same);
	} else if (theirs.kind == KLPCC_BTF_FUNC_PROTO) {
		err = compare_function(&with, TREE_TYPE(decl), &theirs, DEEP, &same);
	}
	if (same)
		difference.what = klpcc_type_difference::NONE;
	*ret = difference;
	return err;
}

/* Authors declare `extern char x[]` to take the address of anything. */
static bool means_any_address(const struct klpcc_extern *entry,
			      const struct klpcc_type_difference *difference)
{
	return entry->request.address_only &&
	       (difference->what == klpcc_type_difference::FUNCTION ||
		difference->what == klpcc_type_difference::TYPE);
}

/*
 * The assembler describes a function that it finds in the kernel's assembler code as void f(void),
 * because it knows no more (gas/dwarf2dbg.c, out_debug_info()). Those that C calls are global.
 */
static bool may_be_assembler(const struct klpcc_unit *unit,
			     const struct klpcc_extern *entry,
			     const struct klpcc_btf *btf,
			     const struct klpcc_btf_type *function,
			     const struct klpcc_type_difference *difference)
{
	struct klpcc_index_symbol symbol;
	struct klpcc_btf_type proto;

	if (function->kind != KLPCC_BTF_FUNC ||
	    difference->what == klpcc_type_difference::FUNCTION)
		return false;
	if (!entry->verdict.candidates) /* kallsyms does not have it */
		return true;
	klpcc_unit_check(unit, klpcc_btf_strip(btf, function->type, &proto));
	if (proto.kind != KLPCC_BTF_FUNC_PROTO || proto.count || proto.type)
		return false;
	klpcc_read_symbol(unit, entry->verdict.symbol, &symbol);
	return symbol.binding != STB_LOCAL;
}

/* Both sides as C. */
static void put_into_words(const struct klpcc_unit *unit,
			   const struct klpcc_extern *entry, const struct klpcc_btf *btf,
			   const struct klpcc_btf_type *theirs,
			   struct klpcc_type_difference *difference)
{
	difference->own = klpcc_type_text(TREE_TYPE(entry->decl), entry->request.symbol);
	klpcc_unit_check(unit, klpcc_btf_declare(btf, theirs->type, entry->request.symbol,
						 &difference->target));
	if (!difference->here_type)
		return;
	difference->here_text = klpcc_type_text(difference->here_type, "");
	klpcc_unit_check(unit, klpcc_btf_declare(btf, difference->there_type, "",
						 &difference->there_text));
}

/*
 * Compares with all of the object's entries of that name: one that agrees is enough. False when
 * BTF does not decide it.
 */
static bool compare_by_btf(const struct klpcc_unit *unit,
			   const struct klpcc_extern *entry, const struct klpcc_btf *btf,
			   struct klpcc_type_difference *ret)
{
	struct klpcc_type_difference first = {}, difference;
	struct klpcc_btf_type type, first_type = {};
	unsigned int entries = 0;
	uint32_t id = 0;

	for (;;) {
		klpcc_unit_check(unit, klpcc_btf_find(btf, entry->request.symbol, &id));
		if (!id)
			break;
		klpcc_unit_check(unit, klpcc_btf_type(btf, id, &type));
		if (type.kind != KLPCC_BTF_FUNC && type.kind != KLPCC_BTF_VAR)
			continue;
		klpcc_unit_check(unit,
				 compare_entry(btf, entry->decl, &type, &difference));
		if (difference.what == klpcc_type_difference::NONE ||
		    means_any_address(entry, &difference) ||
		    may_be_assembler(unit, entry, btf, &type, &difference))
			return true;
		if (!entries++) {
			first = difference;
			first_type = type;
		}
	}
	/* BTF may describe another of several symbols with the name. */
	if (!entries || entries < entry->verdict.candidates)
		return false;
	put_into_words(unit, entry, btf, &first_type, &first);
	*ret = first;
	return true;
}

/*
 * BTF does not describe most variables, but kallsyms still distinguishes code from data. Only
 * what cannot work differs here: data that is called, and code that is read as a variable.
 * Arrays are used to read the bytes of code, and an address alone may mean anything.
 */
static void compare_by_letter(const struct klpcc_unit *unit,
			      const struct klpcc_extern *entry,
			      struct klpcc_type_difference *ret)
{
	const bool function = TREE_CODE(entry->decl) == FUNCTION_DECL;
	struct klpcc_index_symbol symbol;
	bool wrong;

	if (entry->verdict.kind != KLPCC_VERDICT_MARK && entry->verdict.candidates != 1)
		return;
	klpcc_read_symbol(unit, entry->verdict.symbol, &symbol);
	if (function)
		wrong = symbol.type == STT_OBJECT && entry->flags & KLPCC_REF_CALL;
	else
		wrong = symbol.type == STT_FUNC && entry->accessed &&
			TREE_CODE(TREE_TYPE(entry->decl)) != ARRAY_TYPE;
	if (!wrong)
		return;
	ret->what = klpcc_type_difference::FUNCTION;
	ret->here = function;
	ret->letter = symbol.kallsyms_type;
}

bool klpcc_types_differ(const struct klpcc_unit *unit, const struct klpcc_extern *entry,
			struct klpcc_type_difference *ret)
{
	const struct klpcc_btf *btf = klpcc_types_of(unit, entry->verdict.object);

	*ret = {};
	if (!(btf && compare_by_btf(unit, entry, btf, ret)) && !entry->request.by_header)
		compare_by_letter(unit, entry, ret);
	return ret->what != klpcc_type_difference::NONE;
}

void klpcc_type_difference_deinit(struct klpcc_type_difference *difference)
{
	free(difference->here_text);
	free(difference->there_text);
	free(difference->own);
	free(difference->target);
}
