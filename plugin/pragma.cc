// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Pragma: see pragma.h.
 *
 * Which pragmas hold is known while a declaration is parsed, but they are needed only at the end
 * of the unit. So every pragma makes a new state, and a declaration keeps the number of the state
 * that it was parsed in as an attribute, which GCC carries from one declaration of a name to the
 * next.
 */
#include "diagnose.h"
#include "nearby.h"
#include "pragma.h"

/* An attribute that nobody can write: there is a blank in its name. */
#define NOTE "klp pragma"

struct state {
	const char *file;                   /* in which it applies */
	location_t location;                /* of the pragma that made it */
	const char *object, *gate, *source; /* NULL: no such pragma applies */
};

static auto_vec<struct state> states;
static const struct klpcc_unit *unit;

static const char *file_of(location_t location)
{
	const char *file = LOCATION_FILE(location);

	return file ? file : "";
}

/* The number of the state that applies in a file now; -1 when there is none. */
static int find_state(const char *file)
{
	for (int i = states.length() - 1; i >= 0; i--)
		if (!strcmp(states[i].file, file))
			return i;
	return -1;
}

static struct state copy_of_state(location_t location)
{
	const char *file = file_of(location);
	const int known = find_state(file);
	struct state state = {};

	if (known >= 0)
		state = states[known];
	state.file = file;
	state.location = location;
	return state;
}

enum kind { OBJECT, GATE, SOURCE };

static const struct {
	const char *name;
	enum kind kind;
} kinds[] = {
	{ "object", OBJECT },
	{ "gate", GATE },
	{ "source", SOURCE },
};

/* The string of `("...")`, which must end the line; NULL when something else is there. */
static const char *read_string(location_t *location)
{
	tree value, ignored;
	enum cpp_ttype end;

	if (pragma_lex(&ignored) != CPP_OPEN_PAREN ||
	    pragma_lex(&value, location) != CPP_STRING ||
	    pragma_lex(&ignored) != CPP_CLOSE_PAREN)
		return NULL;
	end = pragma_lex(&ignored);
	if (end != CPP_EOF || TREE_CODE(value) != STRING_CST ||
	    strlen(TREE_STRING_POINTER(value)) + 1 != (size_t)TREE_STRING_LENGTH(value) ||
	    !*TREE_STRING_POINTER(value))
		return NULL;
	klpcc_keep(value);
	return TREE_STRING_POINTER(value);
}

/* False, after an error, when the target does not have the object. */
static bool check_object(location_t location, const char *pragma, const char *name)
{
	int error = klpcc_check_object(klpcc_span_of(name));
	struct klpcc_error *err;
	bool found = false;
	uint32_t ignored;

	if (error) {
		klpcc_error_pragma_object(location, pragma, name, error,
					  klpcc_nearby_object(unit, name));
		return false;
	}
	err = klpcc_index_find_object(unit->index, name, strlen(name), &found, &ignored);
	if (err)
		klpcc_fatal_index(unit->options.index_path, err);
	if (!found)
		klpcc_error_pragma_object(location, pragma, name, 0,
					  klpcc_nearby_object(unit, name));
	return found;
}

static void handle_string(cpp_reader *reader, void *data)
{
	const auto &kind = kinds[*static_cast<const enum kind *>(data)];
	const location_t location = input_location;
	struct state state = copy_of_state(location);
	location_t place = location;
	const char *text = read_string(&place);

	if (!text) {
		klpcc_error_pragma_malformed(location, kind.name);
		return;
	}
	if (kind.kind != SOURCE && !check_object(place, kind.name, text))
		return;
	switch (kind.kind) {
	case OBJECT:
		state.object = text;
		break;
	case GATE:
		state.gate = text;
		break;
	case SOURCE:
		state.source = text;
		break;
	}
	states.safe_push(state);
}

static void handle_reset(cpp_reader *reader)
{
	const location_t location = input_location;
	struct state state = {};
	tree ignored;

	if (pragma_lex(&ignored) != CPP_EOF) {
		klpcc_error_pragma_malformed(location, "reset");
		return;
	}
	state.file = file_of(location);
	state.location = location;
	states.safe_push(state);
}

void klpcc_pragma_register(void *gcc_data, void *user_data)
{
	unit = static_cast<const struct klpcc_unit *>(user_data);
	for (const auto &kind : kinds)
		c_register_pragma_with_data("klp", kind.name, handle_string,
					    const_cast<enum kind *>(&kind.kind));
	c_register_pragma("klp", "reset", handle_reset);
}

/* The number of the state that decl was declared in; -1 when there was none. */
static int noted_state(tree decl)
{
	tree note = lookup_attribute(NOTE, DECL_ATTRIBUTES(decl));

	return note ? (int)tree_to_uhwi(TREE_VALUE(note)) : -1;
}

void klpcc_pragma_declaration(void *gcc_data, void *user_data)
{
	tree decl = static_cast<tree>(gcc_data);
	int number;

	if (states.is_empty() || !VAR_OR_FUNCTION_DECL_P(decl) || !DECL_EXTERNAL(decl))
		return;
	number = find_state(file_of(DECL_SOURCE_LOCATION(decl)));
	if (number < 0 || number == noted_state(decl))
		return;
	DECL_ATTRIBUTES(decl) =
		tree_cons(get_identifier(NOTE), build_int_cst(unsigned_type_node, number),
			  DECL_ATTRIBUTES(decl));
}

void klpcc_pragma_read(tree decl, struct klpcc_request *request)
{
	const int number = states.is_empty() ? -1 : noted_state(decl);

	if (number < 0 || request->ordinary)
		return;
	if (!request->object && states[number].object) {
		request->object = states[number].object;
		request->by_pragma = true;
	}
	if (!request->gate && states[number].gate) {
		request->gate = states[number].gate;
		request->by_pragma = true;
	}
	request->likely = states[number].source;
}

location_t klpcc_pragma_location(tree decl)
{
	const int number = states.is_empty() ? -1 : noted_state(decl);

	return number < 0 ? UNKNOWN_LOCATION : states[number].location;
}
