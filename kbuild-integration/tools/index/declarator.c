// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Declarators: see declarator.h.
 */
#include "declarator.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Levels of types in each other, types in all, characters. A longer text helps nobody. */
#define LEVELS_MAX 12
#define TYPES_MAX 500
#define TEXT_MAX 4096

/* Replaces the text, which the format's arguments may refer to. */
static void set_text(struct klpcc_declarator *declarator, const char *format, ...)
	KLPCC_PRINTF(2, 3);

static void set_text(struct klpcc_declarator *declarator, const char *format, ...)
{
	va_list args;
	char *made;
	int length;

	va_start(args, format);
	length = vasprintf(&made, format, args);
	va_end(args);
	if (length < 0)
		made = NULL;
	else if (length > TEXT_MAX)
		strcpy(made, "...");
	free(declarator->text);
	declarator->text = made;
}

void klpcc_declarator_init(struct klpcc_declarator *declarator, const char *name)
{
	*declarator = (struct klpcc_declarator){ .levels_left = LEVELS_MAX,
						 .types_left = TYPES_MAX };
	declarator->text = strdup(name);
}

void klpcc_declarator_init_parameter(struct klpcc_declarator *parameter,
				     const struct klpcc_declarator *function)
{
	*parameter = (struct klpcc_declarator){ .levels_left = function->levels_left,
						.types_left = function->types_left };
	parameter->text = strdup("");
}

bool klpcc_declarator_enter_type(struct klpcc_declarator *declarator)
{
	if (!declarator->text)
		return false;
	if (!declarator->levels_left || !declarator->types_left) {
		klpcc_declarator_end_name(declarator, 0, "...");
		return false;
	}
	declarator->types_left--;
	return true;
}

static const char *qualifiers_text(unsigned int qualifiers)
{
	static const char *const texts[] = {
		[0] = "",
		[KLPCC_CONST] = "const",
		[KLPCC_VOLATILE] = "volatile",
		[KLPCC_CONST | KLPCC_VOLATILE] = "const volatile",
	};

	return texts[qualifiers];
}

/* The qualifiers of a pointer are to the right of its star. */
void klpcc_declarator_add_pointer(struct klpcc_declarator *declarator,
				  unsigned int qualifiers)
{
	const char *words = qualifiers_text(qualifiers);

	if (!declarator->text)
		return;
	set_text(declarator, "*%s%s%s", words, *words && *declarator->text ? " " : "",
		 declarator->text);
	declarator->ends_with_pointer = true;
	declarator->levels_left--;
}

/* Arrays and functions bind closer than the star. */
static void bind_pointer(struct klpcc_declarator *declarator)
{
	if (declarator->ends_with_pointer)
		set_text(declarator, "(%s)", declarator->text);
	declarator->ends_with_pointer = false;
	declarator->levels_left--;
}

void klpcc_declarator_add_array(struct klpcc_declarator *declarator, uint64_t elements)
{
	if (declarator->text)
		bind_pointer(declarator);
	if (!declarator->text)
		return;
	if (elements)
		set_text(declarator, "%s[%llu]", declarator->text,
			 (unsigned long long)elements);
	else
		set_text(declarator, "%s[]", declarator->text);
}

void klpcc_declarator_open_parameters(struct klpcc_declarator *declarator)
{
	if (declarator->text)
		bind_pointer(declarator);
	if (declarator->text)
		set_text(declarator, "%s(", declarator->text);
	declarator->parameters = 0;
}

bool klpcc_declarator_add_parameter(struct klpcc_declarator *function,
				    struct klpcc_declarator *parameter)
{
	const char *comma = function->parameters++ ? ", " : "";

	function->types_left = parameter->types_left;
	if (!parameter->text) {
		free(function->text);
		function->text = NULL;
	}
	if (function->text)
		set_text(function, "%s%s%s", function->text, comma, parameter->text);
	free(parameter->text);
	return function->text && function->types_left;
}

void klpcc_declarator_close_parameters(struct klpcc_declarator *declarator,
				       const char *none)
{
	if (declarator->text)
		set_text(declarator, "%s%s)", declarator->text,
			 declarator->parameters ? "" : none);
}

void klpcc_declarator_close_variadic(struct klpcc_declarator *declarator)
{
	if (declarator->text)
		set_text(declarator, "%s%s...)", declarator->text,
			 declarator->parameters ? ", " : "");
}

/* The type at the end of the chain comes first in the text, with its qualifiers. */
static void prepend_type(struct klpcc_declarator *declarator, unsigned int qualifiers,
			 const char *keyword, const char *name)
{
	const char *words = qualifiers_text(qualifiers);

	if (declarator->text)
		set_text(declarator, "%s%s%s%s%s%s%s", words, *words ? " " : "", keyword,
			 *keyword ? " " : "", name, *declarator->text ? " " : "",
			 declarator->text);
}

void klpcc_declarator_end_name(struct klpcc_declarator *declarator,
			       unsigned int qualifiers, const char *name)
{
	prepend_type(declarator, qualifiers, "", *name ? name : "?");
}

void klpcc_declarator_end_tag(struct klpcc_declarator *declarator,
			      unsigned int qualifiers, const char *keyword,
			      const char *tag)
{
	prepend_type(declarator, qualifiers, keyword, *tag ? tag : "{...}");
}

struct klpcc_error *klpcc_declarator_take(struct klpcc_declarator *declarator, char **ret)
{
	if (!declarator->text)
		return klpcc_error_nomem();
	*ret = declarator->text;
	return NULL;
}
