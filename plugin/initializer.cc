// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Initializer: see initializer.h.
 *
 * Walks GCC's tree of the initializer and hashes what it means: a member by its offset, a string
 * and an anonymous constant by their contents, everything else that has a name by its name. No
 * pointer, no location, no DECL_UID goes into the hash. Each node begins with its code, and each
 * text with its length, so that no two initializers are one sequence of bytes.
 */
#include "initializer.h"
#include "statics.h"

/* FNV-1a, 64 bits (http://www.isthe.com/chongo/tech/comp/fnv/). */
#define FNV_OFFSET 14695981039346656037u
#define FNV_PRIME 1099511628211u

struct hash_state {
	uint64_t value;
	auto_vec<tree>
		open; /* anonymous variables that are being hashed: they may form a ring */
};

static void hash_bytes(struct hash_state *state, const void *bytes, size_t length)
{
	const unsigned char *at = static_cast<const unsigned char *>(bytes);

	for (size_t i = 0; i < length; i++)
		state->value = (state->value ^ at[i]) * FNV_PRIME;
}

/* Byte by byte: one value for all machines that compile. */
static void hash_number(struct hash_state *state, uint64_t number)
{
	unsigned char bytes[8];

	for (unsigned int i = 0; i < sizeof(bytes); i++)
		bytes[i] = number >> (8 * i);
	hash_bytes(state, bytes, sizeof(bytes));
}

static void hash_string(struct hash_state *state, const char *text, size_t length)
{
	hash_number(state, length);
	hash_bytes(state, text, length);
}

static void hash_word(struct hash_state *state, const char *word)
{
	hash_string(state, word, strlen(word));
}

/*
 * __UNIQUE_ID() of the kernel's include/linux/compiler.h ends with __COUNTER__, which counts all
 * uses in the unit.
 */
static void hash_name(struct hash_state *state, const char *name)
{
	size_t length = strlen(name);

	if (strstr(name, "__UNIQUE_ID_"))
		while (length && ISDIGIT(name[length - 1]))
			length--;
	hash_string(state, name, length);
}

static void hash_tree(struct hash_state *state, tree node);

static void hash_anonymous(struct hash_state *state, tree variable)
{
	unsigned int place;

	for (place = 0; place < state->open.length(); place++)
		if (state->open[place] == variable) {
			hash_number(state, place);
			return;
		}
	state->open.safe_push(variable);
	hash_number(state, int_size_in_bytes(TREE_TYPE(variable)));
	hash_tree(state, DECL_INITIAL(variable));
	state->open.pop();
}

/* GCC gives a name to a compound literal that has static storage. */
static bool is_anonymous(tree decl)
{
	return !DECL_NAME(decl) || (VAR_P(decl) && DECL_ARTIFICIAL(decl) &&
				    strchr(IDENTIFIER_POINTER(DECL_NAME(decl)), '.'));
}

static void hash_declaration(struct hash_state *state, tree decl)
{
	const struct klpcc_static *local = klpcc_static_find(decl);

	if (local) {
		hash_word(state, local->function);
		hash_name(state, local->name);
		hash_number(state, local->ordinal);
	} else if (TREE_CODE(decl) == CONST_DECL || (VAR_P(decl) && is_anonymous(decl))) {
		hash_anonymous(state, decl);
	} else if (TREE_CODE(decl) == FIELD_DECL) {
		hash_number(state, int_bit_position(decl));
	} else if (DECL_NAME(decl)) {
		hash_name(state, IDENTIFIER_POINTER(DECL_NAME(decl)));
	}
}

static void hash_elements(struct hash_state *state, tree constructor)
{
	unsigned HOST_WIDE_INT i;
	tree index, value;

	FOR_EACH_CONSTRUCTOR_ELT(CONSTRUCTOR_ELTS(constructor), i, index, value)
	{
		/* Written or not, a zero is a zero. */
		if (initializer_zerop(value))
			continue;
		if (index)
			hash_tree(state, index);
		else
			hash_number(state, i);
		hash_tree(state, value);
	}
}

static void hash_integer(struct hash_state *state, tree constant)
{
	hash_number(state, TYPE_PRECISION(TREE_TYPE(constant)));
	for (int i = 0; i < TREE_INT_CST_NUNITS(constant); i++)
		hash_number(state, TREE_INT_CST_ELT(constant, i));
}

/* Floating-point numbers, vectors: as they are in memory. */
static void hash_encoded(struct hash_state *state, tree constant)
{
	unsigned char bytes[256];
	int length = native_encode_expr(constant, bytes, sizeof(bytes));

	hash_string(state, reinterpret_cast<char *>(bytes), length);
}

static void hash_operands(struct hash_state *state, tree node)
{
	/* A conversion may cut a value or extend it. */
	if (INTEGRAL_TYPE_P(TREE_TYPE(node)))
		hash_number(state, TYPE_PRECISION(TREE_TYPE(node)));
	for (int i = 0; i < TREE_OPERAND_LENGTH(node); i++)
		hash_tree(state, TREE_OPERAND(node, i));
}

static void hash_tree(struct hash_state *state, tree node)
{
	if (!node) {
		hash_number(state, 0);
		return;
	}
	/* The same constant, on its way to a variable of its own or already in one. */
	if (TREE_CODE(node) == COMPOUND_LITERAL_EXPR)
		node = COMPOUND_LITERAL_EXPR_DECL(node);
	hash_word(state, get_tree_code_name(TREE_CODE(node)));
	switch (TREE_CODE(node)) {
	case INTEGER_CST:
		hash_integer(state, node);
		break;
	case STRING_CST:
		hash_string(state, TREE_STRING_POINTER(node), TREE_STRING_LENGTH(node));
		break;
	case REAL_CST:
	case COMPLEX_CST:
	case VECTOR_CST:
	case FIXED_CST:
		hash_encoded(state, node);
		break;
	case CONSTRUCTOR:
		hash_elements(state, node);
		break;
	default:
		if (DECL_P(node))
			hash_declaration(state, node);
		else if (EXPR_P(node))
			hash_operands(state, node);
	}
}

uint64_t klpcc_hash_initializer(tree variable)
{
	struct hash_state state = { FNV_OFFSET, {} };
	tree initializer = DECL_INITIAL(variable);

	if (!initializer || initializer_zerop(initializer))
		return 0;
	hash_tree(&state, initializer);
	return state.value;
}

/*
 * __UNIQUE_ID(), ___initcall_id() of linux/init.h (counter and line), and __ID() of
 * linux/btf_ids.h.
 */
static bool has_numbers(const char *name, size_t length)
{
	static const char *const marks[] = { "__UNIQUE_ID_", "__initcall__kmod_",
					     "__BTF_ID__" };

	for (const char *mark : marks)
		if (memmem(name, length, mark, strlen(mark)))
			return true;
	return false;
}

uint64_t klpcc_hash_asm(tree text)
{
	struct hash_state state = { FNV_OFFSET, {} };
	const char *at = TREE_STRING_POINTER(text);
	const char *end = at + TREE_STRING_LENGTH(text);

	while (at < end) {
		size_t length = 1;

		while (ISIDNUM(at[0]) && at + length < end && ISIDNUM(at[length]))
			length++;
		if (has_numbers(at, length))
			for (size_t i = 0; i < length; i++)
				hash_bytes(&state, ISDIGIT(at[i]) ? "0" : at + i,
					   !i || !ISDIGIT(at[i]) || !ISDIGIT(at[i - 1]));
		else
			hash_bytes(&state, at, length);
		at += length;
	}
	return state.value;
}
