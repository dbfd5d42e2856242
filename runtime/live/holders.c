// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Tasks that hold a transition: see holders.h.
 *
 * /proc/PID/task/TID/patch_state is 0 where a task runs the old code, 1 where it runs the new, and
 * -1 outside of a transition. What it sleeps in is in its stack, from the innermost call outwards:
 *
 *	[<0>] FUNCTION+0x12/0x34 [MODULE]
 */
#include "holders.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <lib/array.h>

#include "system.h"

/* What a stack is searched for. */
struct search {
	const struct klpcc_live_patches *patches;
	const char *name; /* of the patch */
	bool enabling;
};

/* A function of the kernel or of a module that the patch replaces. */
static bool is_replaced(const struct search *search, const char *function,
			const char *module)
{
	const struct klpcc_live_patch *patch =
		klpcc_patches_find(search->patches, search->name);

	for (size_t i = 0; patch && i < patch->count; i++) {
		if (strcmp(patch->objects[i].name, module) != 0)
			continue;
		for (size_t j = 0; j < patch->objects[i].count; j++)
			if (!strcmp(patch->objects[i].functions[j].name, function))
				return true;
	}
	return false;
}

/*
 * Whether the task must leave this function. While a patch is being enabled, that is what it
 * replaces, and the code of other patches, as it may replace these; while it is being disabled,
 * it is its own code.
 */
static bool is_in_the_way(const struct search *search, const char *function,
			  const char *module)
{
	if (!search->enabling)
		return !strcmp(module, search->name);
	if (is_replaced(search, function, module))
		return true;
	return strcmp(module, search->name) != 0 &&
	       klpcc_patches_find(search->patches, module);
}

/* Reads a line of a stack. module: "vmlinux" for the kernel itself. */
static bool read_frame(const char *line, char *function, char *module, size_t size)
{
	const char *name = strstr(line, "] ");
	const char *open;
	size_t length;

	if (!name)
		return false;
	name += 2;
	length = strcspn(name, "+");
	if (!length || length >= size || !name[length])
		return false;
	memcpy(function, name, length);
	function[length] = '\0';
	open = strchr(name + length, '[');
	if (!open) {
		strcpy(module, "vmlinux");
		return true;
	}
	length = strcspn(open + 1, "] \n");
	if (!length || length >= size)
		return false;
	memcpy(module, open + 1, length);
	module[length] = '\0';
	return true;
}

static char *describe_frame(const char *function, const char *module)
{
	char *text;

	if (asprintf(&text, strcmp(module, "vmlinux") != 0 ? "%s of %s" : "%s", function,
		     module) < 0)
		return NULL;
	return text;
}

/* NULL: there is none in the way, or the stack may not be read. */
static char *find_function(const struct search *search, pid_t pid, pid_t tid)
{
	char path[64], function[512], module[512];
	char *line = NULL, *found = NULL;
	size_t size = 0;
	FILE *stack;

	snprintf(path, sizeof(path), "/proc/%d/task/%d/stack", pid, tid);
	stack = fopen(path, "re");
	while (stack && !found && getline(&line, &size, stack) > 0)
		if (read_frame(line, function, module, sizeof(function)) &&
		    is_in_the_way(search, function, module))
			found = describe_frame(function, module);
	free(line);
	if (stack)
		fclose(stack);
	return found;
}

/* The state comes after the command, which is in parentheses and may contain any. */
static char read_state(pid_t pid, pid_t tid)
{
	char *line = klpcc_system_line("/proc/%d/task/%d/stat", pid, tid);
	const char *end = line ? strrchr(line, ')') : NULL;
	char state = end && end[1] == ' ' && end[2] ? end[2] : '?';

	free(line);
	return state;
}

static struct klpcc_error *add_holder(const struct search *search, pid_t pid, pid_t tid,
				      struct klpcc_holders *holders)
{
	char *command = klpcc_system_line("/proc/%d/task/%d/comm", pid, tid);
	struct klpcc_holder *grown;

	if (!command)
		return NULL; /* it has ended */
	grown = klpcc_array_grow(holders->holders, holders->count, 1, &holders->capacity,
				 sizeof(*grown));
	if (!grown) {
		free(command);
		return klpcc_error_nomem();
	}
	holders->holders = grown;
	grown += holders->count++;
	*grown = (struct klpcc_holder){
		.pid = pid,
		.tid = tid,
		.state = read_state(pid, tid),
		.function = find_function(search, pid, tid),
	};
	snprintf(grown->command, sizeof(grown->command), "%s", command);
	free(command);
	return NULL;
}

static struct klpcc_error *read_process(const struct search *search, pid_t pid,
					struct klpcc_holders *holders)
{
	long before = !search->enabling;
	struct klpcc_words threads;
	struct klpcc_error *err;

	err = klpcc_system_list(&threads, "/proc/%d/task", pid);
	for (size_t i = 0; !err && i < threads.count; i++) {
		pid_t tid = atoi(threads.words[i]);

		if (klpcc_system_number(-1, "/proc/%d/task/%d/patch_state", pid, tid) ==
		    before)
			err = add_holder(search, pid, tid, holders);
	}
	klpcc_words_deinit(&threads);
	return err;
}

struct klpcc_error *klpcc_holders_read(const struct klpcc_live_patches *patches,
				       const char *name, bool enabling,
				       struct klpcc_holders *ret)
{
	const struct search search = { patches, name, enabling };
	struct klpcc_words processes;
	struct klpcc_error *err;

	*ret = (struct klpcc_holders){ .holders = NULL };
	err = klpcc_system_list(&processes, "/proc");
	for (size_t i = 0; !err && i < processes.count; i++)
		if (isdigit((unsigned char)processes.words[i][0]))
			err = read_process(&search, atoi(processes.words[i]), ret);
	klpcc_words_deinit(&processes);
	if (err)
		klpcc_holders_deinit(ret);
	return err;
}

void klpcc_holders_deinit(struct klpcc_holders *holders)
{
	for (size_t i = 0; i < holders->count; i++)
		free(holders->holders[i].function);
	free(holders->holders);
	*holders = (struct klpcc_holders){ .holders = NULL };
}
