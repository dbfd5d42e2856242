// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Module files: see modules.h.
 */
#include "modules.h"

#include <errno.h>
#include <fcntl.h>
#include <libkmod.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <lib/file.h>

#include "patches.h"

/* libkmod's own messages say less than the errors here. */
static void ignore_message(void *data, int priority, const char *file, int line,
			   const char *function, const char *format, va_list args)
{
	(void)data, (void)priority, (void)file, (void)line;
	(void)function, (void)format, (void)args;
}

static struct kmod_ctx *open_kmod(const char *directory)
{
	struct kmod_ctx *kmod = kmod_new(directory, NULL);

	if (kmod)
		kmod_set_log_fn(kmod, ignore_message, NULL);
	return kmod;
}

/* How a module's file may end. */
static const char *const suffixes[] = { ".ko", ".ko.xz", ".ko.zst", ".ko.gz" };

/* Where ".ko" begins, and how it may be compressed, at the end of a name; NULL: it does not end so. */
static const char *find_suffix(const char *name)
{
	size_t length = strlen(name);

	for (size_t i = 0; i < sizeof(suffixes) / sizeof(*suffixes); i++) {
		size_t own = strlen(suffixes[i]);

		if (length > own && !strcmp(name + length - own, suffixes[i]))
			return name + length - own;
	}
	return NULL;
}

char *klpcc_module_name(const char *argument)
{
	char *name = strdup(klpcc_base_name(argument)), *end = NULL;

	/* What follows the last ".ko" is how it is compressed, or what a write was cut off from. */
	for (char *next = name; next && (next = strstr(next, ".ko")); next++)
		if (!next[3] || next[3] == '.')
			end = next;
	if (end)
		*end = '\0';
	for (char *letter = name; letter && *letter; letter++)
		if (*letter == '-')
			*letter = '_';
	return name;
}

bool klpcc_module_is_file(const char *argument)
{
	return strchr(argument, '/') || find_suffix(argument);
}

/* ---- modinfo ---------------------------------------------------------------------------- */

/* "a b" or "a,b"; of a softdep only what follows "pre:", up to "post:". */
static struct klpcc_error *add_needs(struct klpcc_module_file *file, const char *list,
				     bool softdep)
{
	struct klpcc_error *err = NULL;
	char *copy = strdup(list), *rest = copy, *word;
	bool wanted = !softdep;

	if (!copy)
		return klpcc_error_nomem();
	while (!err && (word = strsep(&rest, ", \t"))) {
		if (!*word)
			continue;
		if (softdep && strchr(word, ':'))
			wanted = !strcmp(word, "pre:");
		else if (wanted)
			err = klpcc_words_add(softdep && strcmp(word, KLPCC_RESOLVER) != 0
						      ? &file->wishes
						      : &file->needs,
					      word);
	}
	free(copy);
	return err;
}

static struct klpcc_error *take_info(struct klpcc_module_file *file, const char *key,
				     const char *value)
{
	if (!strcmp(key, "livepatch"))
		file->livepatch = true;
	else if (!strcmp(key, "depends"))
		return add_needs(file, value, false);
	else if (!strcmp(key, "softdep"))
		return add_needs(file, value, true);
	else if (!strcmp(key, "name")) {
		free(file->name);
		file->name = strdup(value);
		return file->name ? NULL : klpcc_error_nomem();
	} else if (!strcmp(key, "vermagic")) {
		free(file->release);
		file->release = strndup(value, strcspn(value, " "));
		return file->release ? NULL : klpcc_error_nomem();
	}
	return NULL;
}

static struct klpcc_error *refuse_module(const char *path)
{
	const char *suffix = find_suffix(path);

	return klpcc_error_new(
		ENOEXEC, "%s: this is not a kernel module%s", path,
		suffix && strcmp(suffix, ".ko") != 0
			? ", or compressed in a way that this libkmod does not know"
			: "");
}

static struct klpcc_error *read_info(struct klpcc_module_file *file,
				     struct kmod_module *module)
{
	struct kmod_list *list = NULL, *entry;
	struct klpcc_error *err = NULL;
	int code = kmod_module_get_info(module, &list);

	if (code < 0)
		return code == -ENOMEM ? klpcc_error_nomem() : refuse_module(file->path);
	kmod_list_foreach(entry, list)
	{
		if (!err)
			err = take_info(file, kmod_module_info_get_key(entry),
					kmod_module_info_get_value(entry));
	}
	kmod_module_info_free_list(list);
	klpcc_words_sort(&file->needs, 0);
	return err;
}

/* libkmod tells a file that cannot be opened by a number that may mean something else. */
static struct klpcc_error *check_file(const char *path)
{
	/* O_NONBLOCK: nobody may write into a pipe. */
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	struct stat status;
	bool regular;

	if (fd < 0)
		return klpcc_error_errno(errno, "%s", path);
	regular = !fstat(fd, &status) && S_ISREG(status.st_mode);
	close(fd);
	return regular ? NULL
		       : klpcc_error_new(EINVAL, "%s: this is not a kernel module", path);
}

static struct klpcc_error *open_module(struct klpcc_module_file *file)
{
	struct kmod_module *module = NULL;
	struct klpcc_error *err;

	file->name = klpcc_module_name(file->path);
	file->kmod = open_kmod(NULL);
	if (!file->name || !file->kmod)
		return klpcc_error_nomem();
	if (kmod_module_new_from_path(file->kmod, file->path, &module) < 0)
		return refuse_module(file->path);
	err = read_info(file, module);
	kmod_module_unref(module);
	return err;
}

struct klpcc_error *klpcc_module_open(const char *path, struct klpcc_module_file *ret)
{
	struct klpcc_error *err = check_file(path);

	*ret = (struct klpcc_module_file){ .path = NULL };
	if (err)
		return err;
	/* libkmod keeps absolute paths. */
	ret->path = realpath(path, NULL);
	err = ret->path ? open_module(ret) : klpcc_error_errno(errno, "%s", path);
	if (err)
		klpcc_module_close(ret);
	return err;
}

void klpcc_module_close(struct klpcc_module_file *file)
{
	if (file->kmod)
		kmod_unref(file->kmod);
	klpcc_words_deinit(&file->wishes);
	klpcc_words_deinit(&file->needs);
	free(file->release);
	free(file->name);
	free(file->path);
	*file = (struct klpcc_module_file){ .path = NULL };
}

/* ---- finding and loading ------------------------------------------------------------------ */

struct klpcc_error *klpcc_module_find(const char *directory, const char *name, char **ret)
{
	struct kmod_ctx *kmod = open_kmod(directory);
	struct kmod_list *list = NULL;
	const char *path = NULL;

	*ret = NULL;
	if (!kmod)
		return klpcc_error_nomem();
	if (kmod_module_new_from_lookup(kmod, name, &list) >= 0 && list) {
		struct kmod_module *module = kmod_module_get_module(list);

		path = kmod_module_get_path(module);
		if (path)
			*ret = strdup(path);
		kmod_module_unref(module);
		kmod_module_unref_list(list);
	}
	kmod_unref(kmod);
	return path && !*ret ? klpcc_error_nomem() : NULL;
}

struct klpcc_error *klpcc_module_beside(const struct klpcc_module_file *file,
					const char *name, char **ret)
{
	int directory = (int)(klpcc_base_name(file->path) - file->path);

	*ret = NULL;
	for (size_t i = 0; i < sizeof(suffixes) / sizeof(*suffixes); i++) {
		if (asprintf(ret, "%.*s%s%s", directory, file->path, name, suffixes[i]) <
		    0) {
			*ret = NULL;
			return klpcc_error_nomem();
		}
		if (access(*ret, F_OK) == 0)
			return NULL;
		free(*ret);
		*ret = NULL;
	}
	return NULL;
}

int klpcc_module_insert(const struct klpcc_module_file *file)
{
	struct kmod_module *module;
	int code = kmod_module_new_from_path(file->kmod, file->path, &module);

	if (code >= 0) {
		code = kmod_module_probe_insert_module(module, KMOD_PROBE_FAIL_ON_LOADED,
						       NULL, NULL, NULL, NULL);
		kmod_module_unref(module);
	}
	return code < 0 ? -code : 0;
}

int klpcc_module_remove(const char *name)
{
	/* O_NONBLOCK: as rmmod does, without waiting for who uses it. */
	return syscall(SYS_delete_module, name, O_NONBLOCK) < 0 ? errno : 0;
}
