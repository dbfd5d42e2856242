// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The target's types as C text, for the notes of the plugin: klpcc_btf_declare() of btf.h. How C
 * writes them is in declarator.c; this file walks BTF, where a qualifier is a type of its own.
 */
#include "btf.h"
#include "declarator.h"

#include <stdlib.h>

static struct klpcc_error *declare_type(const struct klpcc_btf *btf, uint32_t id,
					struct klpcc_declarator *declarator);

static struct klpcc_error *declare_parameters(const struct klpcc_btf *btf,
					      const struct klpcc_btf_type *type,
					      struct klpcc_declarator *declarator)
{
	bool more = true;

	klpcc_declarator_open_parameters(declarator);
	for (uint32_t i = 0; more && i < type->count; i++) {
		struct klpcc_declarator parameter;
		struct klpcc_error *err;
		uint32_t id;

		err = klpcc_btf_parameter(btf, type, i, &id);
		if (err)
			return err;
		/* A last one of type 0 stands for "...". */
		if (!id && i && i == type->count - 1) {
			klpcc_declarator_close_variadic(declarator);
			return NULL;
		}
		klpcc_declarator_init_parameter(&parameter, declarator);
		err = declare_type(btf, id, &parameter);
		more = klpcc_declarator_add_parameter(declarator, &parameter);
		if (err)
			return err;
	}
	klpcc_declarator_close_parameters(declarator, "void");
	return NULL;
}

/* A type that is not made of another one. */
static void declare_name(const struct klpcc_btf_type *type, unsigned int qualifiers,
			 struct klpcc_declarator *declarator)
{
	switch (type->kind) {
	case KLPCC_BTF_VOID:
		klpcc_declarator_end_name(declarator, qualifiers, "void");
		break;
	case KLPCC_BTF_STRUCT:
		klpcc_declarator_end_tag(declarator, qualifiers, "struct", type->name);
		break;
	case KLPCC_BTF_UNION:
		klpcc_declarator_end_tag(declarator, qualifiers, "union", type->name);
		break;
	case KLPCC_BTF_FWD:
		klpcc_declarator_end_tag(declarator, qualifiers,
					 type->flag ? "union" : "struct", type->name);
		break;
	case KLPCC_BTF_ENUM:
	case KLPCC_BTF_ENUM64:
		klpcc_declarator_end_tag(declarator, qualifiers, "enum", type->name);
		break;
	default:
		klpcc_declarator_end_name(declarator, qualifiers, type->name);
	}
}

static struct klpcc_error *declare_type(const struct klpcc_btf *btf, uint32_t id,
					struct klpcc_declarator *declarator)
{
	unsigned int qualifiers = 0; /* of the type that comes next */

	while (klpcc_declarator_enter_type(declarator)) {
		struct klpcc_btf_type type;
		struct klpcc_error *err = klpcc_btf_type(btf, id, &type);
		uint32_t elements;

		if (err)
			return err;
		id = type.type;
		switch (type.kind) {
		case KLPCC_BTF_CONST:
			qualifiers |= KLPCC_CONST;
			break;
		case KLPCC_BTF_VOLATILE:
			qualifiers |= KLPCC_VOLATILE;
			break;
		case KLPCC_BTF_RESTRICT:
		case KLPCC_BTF_TYPE_TAG:
		case KLPCC_BTF_VAR:
		case KLPCC_BTF_FUNC:
			break;
		case KLPCC_BTF_PTR:
			klpcc_declarator_add_pointer(declarator, qualifiers);
			qualifiers = 0;
			break;
		case KLPCC_BTF_ARRAY:
			/* Its qualifiers are those of its elements. */
			klpcc_btf_array(&type, &id, &elements);
			klpcc_declarator_add_array(declarator, elements);
			break;
		case KLPCC_BTF_FUNC_PROTO:
			err = declare_parameters(btf, &type, declarator);
			if (err)
				return err;
			qualifiers = 0;
			break;
		default:
			declare_name(&type, qualifiers, declarator);
			return NULL;
		}
	}
	return NULL;
}

struct klpcc_error *klpcc_btf_declare(const struct klpcc_btf *btf, uint32_t id,
				      const char *name, char **ret)
{
	struct klpcc_declarator declarator;
	struct klpcc_error *err;

	klpcc_declarator_init(&declarator, name);
	err = declare_type(btf, id, &declarator);
	if (!err)
		return klpcc_declarator_take(&declarator, ret);
	free(declarator.text);
	return err;
}
