// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The target's types as C text, for the notes of the plugin: klpcc_btf_declare() of btf.h.
 *
 * A declaration grows from its name outwards, as C has it: behind it what an array or a function
 * adds, before it the stars of pointers, and in front of all the type that ends the chain.
 */
#include "btf.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Levels of types in each other, types in all, characters. What is longer helps nobody. */
#define DEEP 12
#define TYPES_MAX 500
#define TEXT_MAX 4096

struct printer {
	const struct klpcc_btf *btf;
	int depth; /* levels that are left */
	int types; /* the same of types */
};

static struct klpcc_error *declare(struct printer *printer, uint32_t id, char **text);

/* Replaces *text, which the format's arguments may refer to. */
static struct klpcc_error *set(char **text, const char *format, ...)
	KLPCC_PRINTF(2, 3) KLPCC_MUST_CHECK;

static struct klpcc_error *set(char **text, const char *format, ...)
{
	va_list args;
	char *made;
	int length;

	va_start(args, format);
	length = vasprintf(&made, format, args);
	va_end(args);
	if (length < 0)
		return klpcc_error_nomem();
	if (length > TEXT_MAX)
		strcpy(made, "...");
	free(*text);
	*text = made;
	return NULL;
}

/* The last word of a declaration: a type's own name, before what has been made of it. */
static struct klpcc_error *finish(const struct klpcc_btf_type *type, const char *keyword,
				  const char *otherwise, char **text)
{
	return set(text, "%s%s%s%s", keyword, *type->name ? type->name : otherwise,
		   **text ? " " : "", *text);
}

/* A qualifier belongs to the pointer at whose star it stands, else to the last word. */
static struct klpcc_error *qualify(struct printer *printer, const char *word, uint32_t id,
				   char **text)
{
	struct klpcc_btf_type type;
	struct klpcc_error *err;

	err = klpcc_btf_type(printer->btf, id, &type);
	if (!err && type.kind == KLPCC_BTF_PTR) {
		err = set(text, "%s%s%s", word, **text ? " " : "", *text);
		return err ? err : declare(printer, id, text);
	}
	if (!err)
		err = declare(printer, id, text);
	return err ? err : set(text, "%s %s", word, *text);
}

/* Arrays and functions bind closer than the star. */
static struct klpcc_error *point(struct printer *printer, uint32_t id, char **text)
{
	struct klpcc_btf_type type;
	struct klpcc_error *err;

	err = klpcc_btf_type(printer->btf, id, &type);
	if (err)
		return err;
	if (type.kind == KLPCC_BTF_ARRAY || type.kind == KLPCC_BTF_FUNC_PROTO)
		err = set(text, "(*%s)", *text);
	else
		err = set(text, "*%s", *text);
	return err ? err : declare(printer, id, text);
}

static struct klpcc_error *add_parameter(struct printer *printer, uint32_t id, bool first,
					 bool last, char **list)
{
	struct klpcc_error *err = NULL;
	char *text = NULL;

	if (!id && last && !first)
		return set(list, "%s, ...", *list);
	err = set(&text, "%s", "");
	if (!err)
		err = declare(printer, id, &text);
	if (!err)
		err = set(list, "%s%s%s", *list, first ? "" : ", ", text);
	free(text);
	return err;
}

static struct klpcc_error *call(struct printer *printer,
				const struct klpcc_btf_type *type, char **text)
{
	struct klpcc_error *err = NULL;
	char *list = NULL;

	err = set(&list, "%s", type->count ? "" : "void");
	for (uint32_t i = 0; !err && i < type->count && printer->types; i++) {
		uint32_t id;

		err = klpcc_btf_parameter(printer->btf, type, i, &id);
		if (!err)
			err = add_parameter(printer, id, !i, i == type->count - 1, &list);
	}
	if (!err)
		err = set(text, "%s(%s)", *text, list);
	free(list);
	return err ? err : declare(printer, type->type, text);
}

static struct klpcc_error *dimension(struct printer *printer,
				     const struct klpcc_btf_type *type, char **text)
{
	uint32_t element, elements;
	struct klpcc_error *err;

	klpcc_btf_array(type, &element, &elements);
	err = elements ? set(text, "%s[%u]", *text, elements) : set(text, "%s[]", *text);
	return err ? err : declare(printer, element, text);
}

static struct klpcc_error *print(struct printer *printer, uint32_t id, char **text)
{
	struct klpcc_btf_type type;
	struct klpcc_error *err;

	err = klpcc_btf_type(printer->btf, id, &type);
	if (err)
		return err;
	switch (type.kind) {
	case KLPCC_BTF_VOID:
		return finish(&type, "", "void", text);
	case KLPCC_BTF_PTR:
		return point(printer, type.type, text);
	case KLPCC_BTF_ARRAY:
		return dimension(printer, &type, text);
	case KLPCC_BTF_FUNC_PROTO:
		return call(printer, &type, text);
	case KLPCC_BTF_STRUCT:
		return finish(&type, "struct ", "{...}", text);
	case KLPCC_BTF_UNION:
		return finish(&type, "union ", "{...}", text);
	case KLPCC_BTF_FWD:
		return finish(&type, type.flag ? "union " : "struct ", "{...}", text);
	case KLPCC_BTF_ENUM:
	case KLPCC_BTF_ENUM64:
		return finish(&type, "enum ", "{...}", text);
	case KLPCC_BTF_CONST:
		return qualify(printer, "const", type.type, text);
	case KLPCC_BTF_VOLATILE:
		return qualify(printer, "volatile", type.type, text);
	case KLPCC_BTF_RESTRICT:
	case KLPCC_BTF_TYPE_TAG:
	case KLPCC_BTF_VAR:
	case KLPCC_BTF_FUNC:
		return declare(printer, type.type, text);
	default:
		return finish(&type, "", "?", text);
	}
}

static struct klpcc_error *declare(struct printer *printer, uint32_t id, char **text)
{
	struct klpcc_error *err;

	if (!printer->depth || !printer->types)
		return set(text, "... %s", *text);
	printer->depth--;
	printer->types--;
	err = print(printer, id, text);
	printer->depth++;
	return err;
}

struct klpcc_error *klpcc_btf_declare(const struct klpcc_btf *btf, uint32_t id,
				      const char *name, char **ret)
{
	struct printer printer = { btf, DEEP, TYPES_MAX };
	struct klpcc_error *err;
	char *text = NULL;

	err = set(&text, "%s", name);
	if (!err)
		err = declare(&printer, id, &text);
	if (err)
		free(text);
	else
		*ret = text;
	return err;
}
