// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Layout: see struct-layout.h.
 *
 * GCC calls back for every struct, union and enum, tens of thousands of times for a kernel's
 * headers: a look at the file that is being read drops all but a few. Which modules the unit is
 * for, and so what to compare with, is known only at the end; until then the types are kept.
 */
#include "own-file.h"
#include "struct-layout.h"
#include "types.h"
#include "warnings.h"

/* How many levels of nested anonymous structs are looked at. */
#define DEEP 16

/* A member with a name, also when it is inside of an anonymous one. */
struct leaf {
	const char *name;
	tree field;      /* of ours */
	uint32_t type;   /* of the target's */
	uint64_t offset; /* bits from the start of the whole */
	uint64_t width;  /* bits; 0: not known */
};

typedef auto_vec<struct leaf> leaves;

/* ---- the patch's own types --------------------------------------------------------- */

static hash_set<tree> *seen;
static auto_vec<tree> own_types;

/* Whether the file that is being read is the patch's; remembers the last answer. */
static bool in_own_file(void)
{
	static const char *last_file;
	static bool last_own;
	const char *file = ORDINARY_MAP_FILE_NAME(LINEMAPS_LAST_ORDINARY_MAP(line_table));

	if (file != last_file) {
		last_file = file;
		last_own = klpcc_is_own_file(file);
	}
	return last_own;
}

static location_t location_of(tree type)
{
	return TYPE_STUB_DECL(type) ? DECL_SOURCE_LOCATION(TYPE_STUB_DECL(type))
				    : UNKNOWN_LOCATION;
}

static void remember_type(void *gcc_data, void *user_data)
{
	tree type = static_cast<tree>(gcc_data);
	location_t location;

	if (!in_own_file() || !type || !TYPE_P(type))
		return;
	type = TYPE_MAIN_VARIANT(type);
	if (!COMPLETE_TYPE_P(type) || !*klpcc_type_tag(type) || seen->add(type))
		return;
	/* BTF has no arrays whose length is in a variable (a GNU extension). */
	if (variably_modified_type_p(type, NULL_TREE))
		return;
	/* The file may only use the type. */
	location = location_of(type);
	if (LOCATION_LOCUS(location) <= BUILTINS_LOCATION ||
	    !klpcc_is_own_file(LOCATION_FILE(location)))
		return;
	klpcc_keep(type);
	own_types.safe_push(type);
}

void klpcc_layout_register(const struct klpcc_unit *unit)
{
	if (!klpcc_warning_is_on(KLPCC_WARN_LAYOUT) ||
	    !klpcc_types_of(unit, KLPCC_INDEX_VMLINUX))
		return;
	seen = new hash_set<tree>;
	register_callback(unit->options.plugin_name, PLUGIN_FINISH_TYPE, remember_type,
			  NULL);
}

/* ---- members ----------------------------------------------------------------------- */

static uint64_t bits_of(tree field)
{
	tree size = DECL_SIZE(field);

	return size && tree_fits_uhwi_p(size) ? tree_to_uhwi(size) : 0;
}

static void flatten_own(tree type, uint64_t offset, leaves *into)
{
	for (tree field = TYPE_FIELDS(type); field; field = DECL_CHAIN(field)) {
		uint64_t place;

		if (TREE_CODE(field) != FIELD_DECL)
			continue;
		place = offset + int_bit_position(field);
		if (DECL_NAME(field))
			into->safe_push({ IDENTIFIER_POINTER(DECL_NAME(field)), field, 0,
					  place, bits_of(field) });
		else if (RECORD_OR_UNION_TYPE_P(TREE_TYPE(field)))
			flatten_own(TREE_TYPE(field), place, into);
	}
}

static struct klpcc_error *flatten_theirs(const struct klpcc_btf *btf,
					  const struct klpcc_btf_type *type,
					  uint64_t offset, int depth, leaves *into);

static struct klpcc_error *add_theirs(const struct klpcc_btf *btf,
				      const struct klpcc_btf_member *member,
				      uint64_t offset, int depth, leaves *into)
{
	struct klpcc_btf_type type;
	uint64_t size, width = member->bits;
	bool known = false;
	struct klpcc_error *err;

	offset += member->offset;
	err = klpcc_btf_strip(btf, member->type, &type);
	if (!err && !*member->name &&
	    (type.kind == KLPCC_BTF_STRUCT || type.kind == KLPCC_BTF_UNION))
		return depth ? flatten_theirs(btf, &type, offset, depth - 1, into) : NULL;
	if (!err && !width)
		err = klpcc_btf_size(btf, member->type, &known, &size);
	if (err)
		return err;
	if (known)
		width = size * 8;
	if (*member->name)
		into->safe_push({ member->name, NULL_TREE, member->type, offset, width });
	return NULL;
}

/* More members than any struct has: in damaged BTF, one may contain itself. */
#define MEMBERS_MAX 100000

static struct klpcc_error *flatten_theirs(const struct klpcc_btf *btf,
					  const struct klpcc_btf_type *type,
					  uint64_t offset, int depth, leaves *into)
{
	struct klpcc_error *err = NULL;

	for (uint32_t i = 0; !err && i < type->count && into->length() < MEMBERS_MAX;
	     i++) {
		struct klpcc_btf_member member;

		err = klpcc_btf_member(btf, type, i, &member);
		if (!err)
			err = add_theirs(btf, &member, offset, depth, into);
	}
	return err;
}

/* Compares two members with the same place in their lists. */
static bool same_member(const struct leaf *here, const struct leaf *there,
			struct klpcc_layout_difference *difference)
{
	if (strcmp(here->name, there->name)) {
		difference->what = klpcc_layout_difference::NAME;
	} else if (here->offset != there->offset) {
		difference->what = klpcc_layout_difference::OFFSET;
		difference->here_number = here->offset;
		difference->there_number = there->offset;
	} else if (here->width && there->width && here->width != there->width) {
		difference->what = klpcc_layout_difference::WIDTH;
		difference->here_number = here->width;
		difference->there_number = there->width;
	} else {
		return true;
	}
	difference->here = here->name;
	difference->there = there->name;
	difference->location = DECL_SOURCE_LOCATION(here->field);
	return false;
}

static struct klpcc_error *show_member(const struct klpcc_btf *btf,
				       const struct leaf *there,
				       struct klpcc_layout_difference *difference)
{
	difference->there = there->name;
	difference->there_offset = there->offset;
	return klpcc_btf_declare(btf, there->type, there->name, &difference->there_text);
}

static struct klpcc_error *compare_leaves(const struct klpcc_btf *btf, const leaves &here,
					  const leaves &there,
					  struct klpcc_layout_difference *difference)
{
	for (unsigned int i = 0; i < here.length() && i < there.length(); i++)
		if (!same_member(&here[i], &there[i], difference))
			return show_member(btf, &there[i], difference);
	if (here.length() > there.length()) {
		const struct leaf *further = &here[there.length()];

		difference->what = klpcc_layout_difference::FURTHER;
		difference->location = DECL_SOURCE_LOCATION(further->field);
		difference->here = further->name;
	} else if (here.length() < there.length()) {
		difference->what = klpcc_layout_difference::MISSING;
		return show_member(btf, &there[here.length()], difference);
	}
	return NULL;
}

static struct klpcc_error *compare_struct(const struct klpcc_btf *btf, tree type,
					  const struct klpcc_btf_type *theirs,
					  struct klpcc_layout_difference *difference)
{
	struct klpcc_error *err;
	leaves here, there;

	flatten_own(type, 0, &here);
	err = flatten_theirs(btf, theirs, 0, DEEP, &there);
	return err ? err : compare_leaves(btf, here, there, difference);
}

/* ---- enumerators ------------------------------------------------------------------- */

/* An enum of 4 bytes may be signed or not: compares only the bits that BTF has. */
static bool same_value(const struct klpcc_btf_type *theirs, int64_t here, int64_t there)
{
	return theirs->kind == KLPCC_BTF_ENUM ? (uint32_t)here == (uint32_t)there
					      : here == there;
}

static struct klpcc_error *show_value(const char *name, int64_t value,
				      struct klpcc_layout_difference *difference)
{
	difference->there = name;
	difference->there_number = value;
	difference->there_text = xasprintf("%s = %lld", name, (long long)value);
	return NULL;
}

static struct klpcc_error *compare_enum(const struct klpcc_btf *btf, tree type,
					const struct klpcc_btf_type *theirs,
					struct klpcc_layout_difference *difference)
{
	tree entry = TYPE_VALUES(type);

	for (uint32_t i = 0; i < theirs->count; i++, entry = TREE_CHAIN(entry)) {
		struct klpcc_error *err;
		const char *name;
		int64_t value;

		err = klpcc_btf_enumerator(btf, theirs, i, &name, &value);
		if (err)
			return err;
		if (!entry) {
			difference->what = klpcc_layout_difference::MISSING;
			return show_value(name, value, difference);
		}
		difference->here = IDENTIFIER_POINTER(TREE_PURPOSE(entry));
		difference->here_number = klpcc_enumerator_value(entry);
		if (strcmp(difference->here, name))
			difference->what = klpcc_layout_difference::NAME;
		else if (!same_value(theirs, difference->here_number, value))
			difference->what = klpcc_layout_difference::OFFSET;
		else
			continue;
		return show_value(name, value, difference);
	}
	if (entry) {
		difference->what = klpcc_layout_difference::FURTHER;
		difference->here = IDENTIFIER_POINTER(TREE_PURPOSE(entry));
	}
	return NULL;
}

/* ---- a type ------------------------------------------------------------------------ */

static bool same_kind(tree type, const struct klpcc_btf_type *theirs)
{
	switch (TREE_CODE(type)) {
	case RECORD_TYPE:
		return theirs->kind == KLPCC_BTF_STRUCT;
	case UNION_TYPE:
		return theirs->kind == KLPCC_BTF_UNION;
	case ENUMERAL_TYPE:
		return theirs->kind == KLPCC_BTF_ENUM || theirs->kind == KLPCC_BTF_ENUM64;
	default:
		return false;
	}
}

static struct klpcc_error *compare_type(const struct klpcc_btf *btf, tree type,
					const struct klpcc_btf_type *theirs,
					struct klpcc_layout_difference *ret)
{
	struct klpcc_layout_difference difference = {};
	HOST_WIDE_INT size = int_size_in_bytes(type);
	struct klpcc_error *err;

	difference.type = type;
	difference.location = location_of(type);
	difference.target_size = theirs->size;
	err = TREE_CODE(type) == ENUMERAL_TYPE
		      ? compare_enum(btf, type, theirs, &difference)
		      : compare_struct(btf, type, theirs, &difference);
	if (!err && difference.what == klpcc_layout_difference::NONE && size >= 0 &&
	    size != theirs->size) {
		difference.what = klpcc_layout_difference::SIZE;
		difference.here_number = size;
		difference.there_number = theirs->size;
	}
	*ret = difference;
	return err;
}

/* How a type compares with all of its name in the target's objects. */
struct outcome {
	bool agrees;
	unsigned int others;                  /* that do not agree */
	struct klpcc_layout_difference first; /* how the first of them differs */
};

static void compare_with_object(const struct klpcc_unit *unit, uint32_t object, tree type,
				struct outcome *outcome)
{
	const struct klpcc_btf *btf = klpcc_types_of(unit, object);
	uint32_t id = 0;

	while (btf && !outcome->agrees) {
		struct klpcc_layout_difference difference;
		struct klpcc_btf_type theirs;

		klpcc_unit_check(unit, klpcc_btf_find(btf, klpcc_type_tag(type), &id));
		if (!id)
			return;
		klpcc_unit_check(unit, klpcc_btf_type(btf, id, &theirs));
		if (!same_kind(type, &theirs))
			continue;
		klpcc_unit_check(unit, compare_type(btf, type, &theirs, &difference));
		if (difference.what == klpcc_layout_difference::NONE)
			outcome->agrees = true;
		else if (!outcome->others++)
			outcome->first = difference;
		else
			klpcc_layout_difference_deinit(&difference);
	}
}

/* The modules that the unit is for, and those that it takes symbols of. */
static void find_modules(const struct klpcc_unit *unit, vec<uint32_t> *ret)
{
	ret->safe_splice(unit->objects);
	for (const struct klpcc_extern &entry : unit->externs)
		if (entry.verdict.kind == KLPCC_VERDICT_MARK &&
		    entry.verdict.object != KLPCC_INDEX_VMLINUX &&
		    !ret->contains(entry.verdict.object))
			ret->safe_push(entry.verdict.object);
}

/* A type that is not in vmlinux, nor in the modules that the unit is known to be for. */
struct stranger {
	struct outcome outcome;
	tree type;
	uint32_t module; /* another one with a type of that name; vmlinux: none */
};

/* One pass over the types of a module that the unit is not known to be for. */
static void compare_with_module(const struct klpcc_unit *unit, uint32_t module,
				const hash_set<nofree_string_hash> *tags,
				struct klpcc_index_block *block,
				vec<struct stranger> *strangers)
{
	const struct klpcc_btf *vmlinux = klpcc_types_of(unit, KLPCC_INDEX_VMLINUX);
	struct klpcc_layout_difference difference;
	struct klpcc_btf_type theirs;
	struct klpcc_btf *btf;

	klpcc_unit_check(unit,
			 klpcc_btf_open_next(unit->index, module, vmlinux, block, &btf));
	if (!btf)
		return;
	for (uint32_t id = klpcc_btf_end(vmlinux); id < klpcc_btf_end(btf); id++) {
		klpcc_unit_check(unit, klpcc_btf_type(btf, id, &theirs));
		if (!*theirs.name ||
		    !const_cast<hash_set<nofree_string_hash> *>(tags)->contains(
			    theirs.name))
			continue;
		for (struct stranger &stranger : *strangers) {
			if (stranger.outcome.agrees ||
			    !same_kind(stranger.type, &theirs) ||
			    strcmp(klpcc_type_tag(stranger.type), theirs.name))
				continue;
			klpcc_unit_check(unit, compare_type(btf, stranger.type, &theirs,
							    &difference));
			stranger.outcome.agrees =
				difference.what == klpcc_layout_difference::NONE;
			/* The last one, in whatever order the modules come. */
			stranger.module = MAX(stranger.module, module);
			klpcc_layout_difference_deinit(&difference);
		}
	}
	klpcc_btf_close(btf);
}

struct placed_module {
	uint32_t number;
	uint32_t block;
};

static int compare_places(const void *left, const void *right)
{
	const struct placed_module *a = (const struct placed_module *)left;
	const struct placed_module *b = (const struct placed_module *)right;

	if (a->block != b->block)
		return a->block < b->block ? -1 : 1;
	return (a->number > b->number) - (a->number < b->number);
}

/*
 * In a patch of several files, a unit may be for a module without saying so: a type that agrees
 * with one of any module is right. There are thousands of modules, so one pass looks for all
 * types, and only when there would be something to report.
 */
static void compare_with_all_modules(const struct klpcc_unit *unit,
				     const vec<uint32_t> *asked,
				     vec<struct stranger> *strangers)
{
	hash_set<nofree_string_hash> tags;
	struct klpcc_index_block block = {};
	auto_vec<struct placed_module> modules;

	for (const struct stranger &stranger : *strangers)
		tags.add(klpcc_type_tag(stranger.type));
	for (uint32_t i = 0; i < klpcc_index_objects(unit->index); i++)
		if (i != KLPCC_INDEX_VMLINUX && !asked->contains(i))
			modules.safe_push({ i, klpcc_index_block(unit->index, i) });
	modules.qsort(compare_places);
	for (const struct placed_module &module : modules)
		compare_with_module(unit, module.number, &tags, &block, strangers);
	klpcc_index_block_deinit(&block);
}

void klpcc_layout_compare(const struct klpcc_unit *unit,
			  vec<struct klpcc_layout_difference> *ret)
{
	auto_vec<struct stranger> strangers;
	auto_vec<uint32_t> modules;

	if (own_types.is_empty())
		return;
	find_modules(unit, &modules);
	for (tree type : own_types) {
		struct stranger stranger = { {}, type, KLPCC_INDEX_VMLINUX };

		compare_with_object(unit, KLPCC_INDEX_VMLINUX, type, &stranger.outcome);
		for (uint32_t object : modules)
			compare_with_object(unit, object, type, &stranger.outcome);
		if (!stranger.outcome.agrees && stranger.outcome.others)
			strangers.safe_push(stranger);
		else
			klpcc_layout_difference_deinit(&stranger.outcome.first);
	}
	if (!strangers.is_empty())
		compare_with_all_modules(unit, &modules, &strangers);
	for (struct stranger &stranger : strangers) {
		struct klpcc_layout_difference *difference = &stranger.outcome.first;

		if (stranger.module != KLPCC_INDEX_VMLINUX)
			difference->module = klpcc_object_name(unit, stranger.module);
		if (stranger.outcome.agrees)
			klpcc_layout_difference_deinit(difference);
		else
			ret->safe_push(*difference);
	}
}

void klpcc_layout_difference_deinit(struct klpcc_layout_difference *difference)
{
	free(difference->there_text);
}
