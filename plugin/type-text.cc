// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The unit's types as C text, for notes: klpcc_type_text() of types.h. GCC's own printer is no
 * help: it writes "int(int)" where the note on the target's type has "int foo(int)", and two
 * notes that a reader compares must only differ in the types. So index/declarator.c writes both;
 * this file walks GCC's trees for it, as index/btf-text.c walks the target's BTF.
 */
#include "types.h"
#include "index/declarator.h"

const char *klpcc_type_tag(tree type)
{
	tree name = TYPE_NAME(TYPE_MAIN_VARIANT(type));

	return name && TREE_CODE(name) == IDENTIFIER_NODE ? IDENTIFIER_POINTER(name) : "";
}

/* Those of a function are GCC's way to note that it is const or does not return. */
static unsigned int qualifiers_of(tree type)
{
	if (TREE_CODE(type) == FUNCTION_TYPE)
		return 0;
	return (TYPE_READONLY(type) ? KLPCC_CONST : 0) |
	       (TYPE_VOLATILE(type) ? KLPCC_VOLATILE : 0);
}

/* 0 when it is not known. */
static uint64_t count_elements(tree type)
{
	HOST_WIDE_INT all = int_size_in_bytes(type);
	HOST_WIDE_INT one = int_size_in_bytes(TREE_TYPE(type));

	return all > 0 && one > 0 ? all / one : 0;
}

static void declare_type(tree type, struct klpcc_declarator *declarator);

static void declare_parameters(tree type, struct klpcc_declarator *declarator)
{
	bool more = true;
	tree entry;

	klpcc_declarator_open_parameters(declarator);
	for (entry = TYPE_ARG_TYPES(type);
	     more && entry && !VOID_TYPE_P(TREE_VALUE(entry));
	     entry = TREE_CHAIN(entry)) {
		struct klpcc_declarator parameter;

		klpcc_declarator_init_parameter(&parameter, declarator);
		declare_type(TREE_VALUE(entry), &parameter);
		more = klpcc_declarator_add_parameter(declarator, &parameter);
	}
	/* The list of a function that is not variadic ends with void. */
	if (!entry && prototype_p(type))
		klpcc_declarator_close_variadic(declarator);
	else
		klpcc_declarator_close_parameters(declarator,
						  prototype_p(type) ? "void" : "");
}

/* A type that is not made of another one. */
static void declare_name(tree type, struct klpcc_declarator *declarator)
{
	const unsigned int qualifiers = qualifiers_of(type);

	switch (TREE_CODE(type)) {
	case RECORD_TYPE:
		klpcc_declarator_end_tag(declarator, qualifiers, "struct",
					 klpcc_type_tag(type));
		break;
	case UNION_TYPE:
		klpcc_declarator_end_tag(declarator, qualifiers, "union",
					 klpcc_type_tag(type));
		break;
	case ENUMERAL_TYPE:
		klpcc_declarator_end_tag(declarator, qualifiers, "enum",
					 klpcc_type_tag(type));
		break;
	default:
		klpcc_declarator_end_name(declarator, qualifiers,
					  VOID_TYPE_P(type) ? "void" : "");
	}
}

static void declare_type(tree type, struct klpcc_declarator *declarator)
{
	for (; klpcc_declarator_enter_type(declarator); type = TREE_TYPE(type)) {
		tree name = TYPE_NAME(type);

		/* A typedef, or a type of the language. */
		if (name && TREE_CODE(name) == TYPE_DECL && DECL_NAME(name)) {
			klpcc_declarator_end_name(declarator, qualifiers_of(type),
						  IDENTIFIER_POINTER(DECL_NAME(name)));
			return;
		}
		switch (TREE_CODE(type)) {
		case POINTER_TYPE:
			klpcc_declarator_add_pointer(declarator, qualifiers_of(type));
			break;
		case ARRAY_TYPE:
			klpcc_declarator_add_array(declarator, count_elements(type));
			break;
		case FUNCTION_TYPE:
			declare_parameters(type, declarator);
			break;
		default:
			declare_name(type, declarator);
			return;
		}
	}
}

char *klpcc_type_text(tree type, const char *name)
{
	struct klpcc_declarator declarator;
	char *text;

	klpcc_declarator_init(&declarator, name);
	declare_type(type, &declarator);
	if (klpcc_declarator_take(&declarator, &text))
		xmalloc_failed(0);
	return text;
}
