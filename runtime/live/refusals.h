/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Why a kernel refused a module, and what to do: the one list. docs/guide.md shows it.
 */
#ifndef KLPCC_LIVE_REFUSALS_H
#define KLPCC_LIVE_REFUSALS_H

#include <stdbool.h>
#include <stddef.h>

#include <lib/words.h>

/* A module that was refused. */
struct klpcc_refused {
	const char *module; /* its name in the kernel */
	int code;           /* errno of finit_module() */
	bool busy;          /* a livepatch is in transition */
	bool unread;        /* the log could not be read */
	/* What the kernel wrote meanwhile, by anyone. */
	const struct klpcc_words *log;
};

/*
 * The cause and the way out, in one line; malloc()ed. Where no entry of the list fits, it is what
 * the kernel said, or its errno. NULL without memory.
 */
char *klpcc_refusal_explain(const struct klpcc_refused *refused);

/* Which entry of the list that was, from 0 on; -1: none. For tests. */
int klpcc_refusal_find(const struct klpcc_refused *refused);
size_t klpcc_refusal_count(void);

#endif
