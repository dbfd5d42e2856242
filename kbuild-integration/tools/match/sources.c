// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Files of a source tree for the matcher: see sources.h.
 *
 * What is compared is the object that kbuild makes, with what it runs after the compiler
 * (objtool). The plugin observes a compile of its own: a build is not asked to load it.
 */
#include "sources.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../elf/elf.h"
#include "../lib/parts.h"

static struct klpcc_error *find_commands(struct klpcc_match_sources *sources,
					 char *const *names, struct klpcc_match_job *jobs)
{
	/* kbuild starts once for all. Which one it cannot compile, each command tells. */
	klpcc_error_free(klpcc_tree_build(sources->tree, names, sources->count));
	for (size_t i = 0; i < sources->count; i++) {
		jobs[i].name = names[i];
		jobs[i].err = klpcc_tree_command(sources->tree, names[i],
						 &sources->commands[i]);
		if (jobs[i].err)
			continue;
		jobs[i].name = sources->commands[i].source;
		jobs[i].path = sources->commands[i].object;
		jobs[i].in = sources->commands[i].module;
	}
	return NULL;
}

struct klpcc_error *klpcc_match_sources_open(const char *tree, const char *module,
					     char *const *names, size_t count,
					     struct klpcc_match_job *jobs,
					     struct klpcc_match_sources *ret)
{
	struct klpcc_match_sources sources = {
		.commands = calloc(count, sizeof(*sources.commands)),
		.count = count,
	};
	struct klpcc_error *err;

	err = sources.commands ? klpcc_tree_open_module(tree, module, &sources.tree)
			       : klpcc_error_nomem();
	if (!err)
		err = find_commands(&sources, names, jobs);
	if (err)
		klpcc_match_sources_close(&sources);
	else
		*ret = sources;
	return err;
}

void klpcc_match_sources_close(struct klpcc_match_sources *sources)
{
	for (size_t i = 0; sources->commands && i < sources->count; i++)
		klpcc_tree_command_deinit(&sources->commands[i]);
	free(sources->commands);
	if (sources->tree)
		klpcc_tree_close(sources->tree);
	*sources = (struct klpcc_match_sources){ .count = 0 };
}

/* ---- the observation ------------------------------------------------------------------- */

/*
 * Is it what this machine's own compiler is for? A kernel's build may call that by its full name:
 * x86_64-linux-gnu-gcc-12 made Debian's 6.12.
 */
static bool is_own_triplet(const struct klpcc_parts *parts, const char *triplet)
{
	const char *target = NULL;
	struct klpcc_elf *elf = NULL;
	struct klpcc_error *err;
	char *path = NULL;
	bool same;

	err = klpcc_parts_plugin(parts, "", &path);
	if (!err)
		err = klpcc_elf_open(path, &elf);
	if (!err)
		err = klpcc_elf_value(elf, KLPCC_PLUGIN_SECTION, "target", &target);
	same = !err && target && !strcmp(target, triplet);
	if (elf)
		klpcc_elf_close(elf);
	klpcc_error_free(err);
	free(path);
	return same;
}

/* kbuild's CROSS_COMPILE may have a directory. "" is this machine's compiler. */
static struct klpcc_error *find_plugin(const struct klpcc_tree *tree, char **ret)
{
	const char *slash = strrchr(tree->cross, '/');
	char *triplet = strdup(slash ? slash + 1 : tree->cross);
	struct klpcc_parts parts;
	struct klpcc_error *err;
	size_t length;

	if (!triplet)
		return klpcc_error_nomem();
	length = strlen(triplet);
	if (length && triplet[length - 1] == '-')
		triplet[length - 1] = '\0';
	err = klpcc_parts_init(&parts);
	if (!err) {
		err = klpcc_parts_plugin(&parts, triplet, ret);
		if (err && is_own_triplet(&parts, triplet)) {
			klpcc_error_free(err);
			err = klpcc_parts_plugin(&parts, "", ret);
		}
		klpcc_parts_deinit(&parts);
	}
	free(triplet);
	return err;
}

struct klpcc_error *klpcc_match_observe_file(const struct klpcc_match_sources *sources,
					     size_t number, const char *object,
					     const char *observation)
{
	const char *extra[3] = { NULL };
	char *plugin = NULL, *load = NULL, *observe = NULL;
	struct klpcc_error *err = find_plugin(sources->tree, &plugin);

	if (!err && asprintf(&load, "-fplugin=%s", plugin) < 0)
		load = NULL;
	if (asprintf(&observe, "-fplugin-arg-klpcc-observe=%s", observation) < 0)
		observe = NULL;
	extra[0] = load;
	extra[1] = observe;
	if (!err)
		err = load && observe ? klpcc_tree_compile(sources->tree,
							   &sources->commands[number],
							   NULL, extra, object)
				      : klpcc_error_nomem();
	free(plugin);
	free(load);
	free(observe);
	return err;
}

static struct klpcc_error *make_temporary(char **ret)
{
	const char *directory = getenv("TMPDIR");
	struct klpcc_error *err;
	int fd;

	if (asprintf(ret, "%s/klpcc-XXXXXX",
		     directory && *directory == '/' ? directory : "/tmp") < 0)
		return klpcc_error_nomem();
	fd = mkstemp(*ret);
	if (fd >= 0) {
		close(fd);
		return NULL;
	}
	err = klpcc_error_errno(errno, "%s", *ret);
	free(*ret);
	*ret = NULL;
	return err;
}

struct klpcc_error *klpcc_match_observe(const struct klpcc_match_sources *sources,
					char **ret)
{
	char *object = NULL, *observation = NULL;
	struct klpcc_error *err = make_temporary(&object);

	if (!err)
		err = make_temporary(&observation);
	if (!err)
		err = klpcc_match_observe_file(sources, 0, object, observation);
	klpcc_match_discard_observation(object);
	if (err)
		klpcc_match_discard_observation(observation);
	else
		*ret = observation;
	return err;
}

void klpcc_match_discard_observation(char *path)
{
	if (path)
		unlink(path);
	free(path);
}
