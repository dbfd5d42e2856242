// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The unit's types as C text, for notes: klpcc_type_text() of types.h. GCC's own printer has other
 * words than BTF for the same type ("int(int)" and "int foo(int)"), and two notes that are to be
 * compared must not differ in anything else. btf-text.c is the other half.
 */
#include "types.h"

/* Levels of types in each other: what is deeper helps nobody. */
#define DEEP 12

/* text is consumed, like all of the functions here do. */
static char *declare(tree type, char *text, int depth);

static char *joined(const char *front, char *text, const char *back)
{
	char *made = concat(front, text, back, NULL);

	free(text);
	return made;
}

const char *klpcc_type_tag(tree type)
{
	tree name = TYPE_NAME(TYPE_MAIN_VARIANT(type));

	return name && TREE_CODE(name) == IDENTIFIER_NODE ? IDENTIFIER_POINTER(name) : "";
}

/* The last word: the type's own name before what has been made of it. */
static char *finish(const char *keyword, const char *name, char *text)
{
	char *word = concat(keyword, name, *text ? " " : "", NULL);
	char *made = joined(word, text, "");

	free(word);
	return made;
}

static char *tagged(const char *keyword, tree type, char *text)
{
	const char *tag = klpcc_type_tag(type);

	return finish(keyword, *tag ? tag : "{...}", text);
}

static char *qualified(tree type, char *text)
{
	if (TYPE_VOLATILE(type) && TREE_CODE(type) != FUNCTION_TYPE)
		text = joined("volatile ", text, "");
	if (TYPE_READONLY(type) && TREE_CODE(type) != FUNCTION_TYPE)
		text = joined("const ", text, "");
	return text;
}

static char *call(tree type, char *text, int depth)
{
	char *list = xstrdup("");
	char *made;
	tree entry;

	for (entry = TYPE_ARG_TYPES(type); entry && !VOID_TYPE_P(TREE_VALUE(entry));
	     entry = TREE_CHAIN(entry)) {
		char *parameter = declare(TREE_VALUE(entry), xstrdup(""), depth);

		list = joined("", list, *list ? ", " : "");
		list = joined("", list, parameter);
		free(parameter);
	}
	if (!entry && prototype_p(type))
		list = joined("", list, ", ...");
	else if (!*list && prototype_p(type))
		list = joined("", list, "void");
	made = concat(text, "(", list, ")", NULL);
	free(list);
	free(text);
	return declare(TREE_TYPE(type), made, depth);
}

static char *point(tree type, char *text, int depth)
{
	tree to = TREE_TYPE(type);
	bool binds = TREE_CODE(to) == ARRAY_TYPE || TREE_CODE(to) == FUNCTION_TYPE;

	if (TYPE_READONLY(type) || TYPE_VOLATILE(type)) {
		if (*text)
			text = joined(" ", text, "");
		if (TYPE_VOLATILE(type))
			text = joined("volatile", text, "");
		if (TYPE_READONLY(type))
			text = joined(TYPE_VOLATILE(type) ? "const " : "const", text, "");
	}
	/* A typedef's name needs no parentheses, whatever it stands for. */
	if (TYPE_NAME(to) && TREE_CODE(TYPE_NAME(to)) == TYPE_DECL)
		binds = false;
	text = binds ? joined("(*", text, ")") : joined("*", text, "");
	return declare(to, text, depth);
}

static char *dimension(tree type, char *text, int depth)
{
	HOST_WIDE_INT all = int_size_in_bytes(type);
	HOST_WIDE_INT one = int_size_in_bytes(TREE_TYPE(type));
	char *size = all > 0 && one > 0 ? xasprintf("[%lld]", (long long)(all / one))
					: xstrdup("[]");

	text = joined("", text, size);
	free(size);
	return declare(TREE_TYPE(type), text, depth);
}

static char *declare(tree type, char *text, int depth)
{
	tree name = TYPE_NAME(type);

	if (!depth--)
		return finish("", "...", text);
	if (name && TREE_CODE(name) == TYPE_DECL && DECL_NAME(name))
		return qualified(type,
				 finish("", IDENTIFIER_POINTER(DECL_NAME(name)), text));
	switch (TREE_CODE(type)) {
	case POINTER_TYPE:
		return point(type, text, depth);
	case ARRAY_TYPE:
		return dimension(type, text, depth);
	case FUNCTION_TYPE:
		return call(type, text, depth);
	case RECORD_TYPE:
		return qualified(type, tagged("struct ", type, text));
	case UNION_TYPE:
		return qualified(type, tagged("union ", type, text));
	case ENUMERAL_TYPE:
		return qualified(type, tagged("enum ", type, text));
	case VOID_TYPE:
		return qualified(type, finish("", "void", text));
	default:
		return qualified(type, finish("", "?", text));
	}
}

char *klpcc_type_text(tree type, const char *name)
{
	return declare(type, xstrdup(name), DEEP);
}
