// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What GCC says with -fdiagnostics-format=json, read from standard input, in the words of
 * -fdiagnostics-plain-output; after each line the fix-it hints, as "fix-it: COLUMN-COLUMN TEXT".
 */
#include <json-c/json.h>
#include <stdio.h>

static struct json_object *get(struct json_object *from, const char *key)
{
	struct json_object *value = NULL;

	json_object_object_get_ex(from, key, &value);
	return value;
}

static const char *text(struct json_object *from, const char *key)
{
	return json_object_get_string(get(from, key));
}

static int number(struct json_object *from, const char *key)
{
	return json_object_get_int(get(from, key));
}

static void print(struct json_object *diagnostics)
{
	for (size_t i = 0; i < json_object_array_length(diagnostics); i++) {
		struct json_object *one = json_object_array_get_idx(diagnostics, i);
		struct json_object *places = get(one, "locations"), *fixes = get(one, "fixits");
		struct json_object *children = get(one, "children"), *caret = NULL;

		if (places && json_object_array_length(places))
			caret = get(json_object_array_get_idx(places, 0), "caret");
		if (caret)
			printf("%s:%d:%d: ", text(caret, "file"), number(caret, "line"),
			       number(caret, "column"));
		printf("%s: %s", text(one, "kind"), text(one, "message"));
		if (get(one, "option"))
			printf(" [%s]", text(one, "option"));
		putchar('\n');
		for (size_t j = 0; fixes && j < json_object_array_length(fixes); j++) {
			struct json_object *fix = json_object_array_get_idx(fixes, j);

			printf("fix-it: %d-%d %s\n", number(get(fix, "start"), "column"),
			       number(get(fix, "next"), "column"), text(fix, "string"));
		}
		if (children)
			print(children);
	}
}

/* GCC ends the list with a line break, and says what is not for the list in lines of their own. */
int main(void)
{
	static char input[1 << 20];
	size_t size = fread(input, 1, sizeof(input) - 1, stdin);
	struct json_object *diagnostics = json_tokener_parse(input);

	if (!size || !json_object_is_type(diagnostics, json_type_array)) {
		fprintf(stderr, "not a list: %s\n", input);
		return 1;
	}
	print(diagnostics);
	json_object_put(diagnostics);
	return 0;
}
