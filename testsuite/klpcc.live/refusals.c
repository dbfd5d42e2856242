// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads lines "ERRNO LINE" (ERRNO a number; no LINE: the kernel said nothing), and prints of each which
 * entry of the list it is and what klpcc load says of it for a module livepatch_x. The last line is
 * how many entries there are. refuse.exp compares that with docs/refusals.md.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <refusals.h>

static void explain(char *input)
{
	char *line = input + strcspn(input, " ");
	struct klpcc_words log = { .words = NULL };
	struct klpcc_refused refused = { .module = "livepatch_x", .log = &log };
	char *text;

	refused.busy = true;
	if (*line)
		*line++ = '\0';
	refused.code = atoi(input);
	if (*line)
		klpcc_error_free(klpcc_words_add(&log, line));
	text = klpcc_refusal_explain(&refused);
	printf("%d %s\n", klpcc_refusal_find(&refused), text ? text : "");
	free(text);
	klpcc_words_deinit(&log);
}

int main(void)
{
	char *line = NULL;
	size_t size = 0;

	while (getline(&line, &size, stdin) > 0) {
		line[strcspn(line, "\n")] = '\0';
		explain(line);
	}
	printf("%zu\n", klpcc_refusal_count());
	free(line);
	return 0;
}
