// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Livepatches that are installed for a kernel: see installed.h.
 */
#include "installed.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <lib/file.h>
#include <lib/run.h>

#include "patches.h"
#include "system.h"

#define LIST "order"

/* ---- the list --------------------------------------------------------------------------- */

static struct klpcc_error *read_list(struct klpcc_installed *installed)
{
	char *path = klpcc_installed_path(installed, LIST);
	struct klpcc_error *err = NULL;
	char *line = NULL;
	size_t size = 0;
	FILE *list;

	if (!path)
		return klpcc_error_nomem();
	list = fopen(path, "re");
	if (!list && errno != ENOENT)
		err = klpcc_error_errno(errno, "%s", path);
	while (list && !err && getline(&line, &size, list) > 0) {
		line[strcspn(line, "\n")] = '\0';
		/* It names files of its directory, and no others. */
		if (*line && !strchr(line, '/'))
			err = klpcc_words_add(&installed->files, line);
	}
	free(line);
	free(path);
	if (list)
		fclose(list);
	return err;
}

struct klpcc_error *klpcc_installed_read(const char *root, const char *release,
					 struct klpcc_installed *ret)
{
	struct klpcc_error *err;

	*ret = (struct klpcc_installed){
		.root = strdup(root ? root : ""),
		.release = strdup(release),
	};
	if (asprintf(&ret->directory, "%s/lib/modules/%s/updates/klpcc", root ? root : "",
		     release) < 0)
		ret->directory = NULL;
	err = ret->root && ret->release && ret->directory ? read_list(ret)
							  : klpcc_error_nomem();
	if (err)
		klpcc_installed_deinit(ret);
	return err;
}

void klpcc_installed_deinit(struct klpcc_installed *installed)
{
	klpcc_words_deinit(&installed->files);
	free(installed->directory);
	free(installed->release);
	free(installed->root);
	*installed = (struct klpcc_installed){ .root = NULL };
}

char *klpcc_installed_path(const struct klpcc_installed *installed, const char *file)
{
	char *path;

	return asprintf(&path, "%s/%s", installed->directory, file) < 0 ? NULL : path;
}

const char *klpcc_installed_find(const struct klpcc_installed *installed,
				 const char *name)
{
	for (size_t i = 0; i < installed->files.count; i++) {
		char *other = klpcc_module_name(installed->files.words[i]);
		bool same = other && !strcmp(other, name);

		free(other);
		if (same)
			return installed->files.words[i];
	}
	return NULL;
}

/* ---- the disk --------------------------------------------------------------------------- */

/* After a power cut the file is the old one or the new one; once this has returned, the new one. */
static struct klpcc_error *write_lasting(const struct klpcc_installed *installed,
					 const char *file, const void *data, size_t size)
{
	char *path = klpcc_installed_path(installed, file);
	struct klpcc_output output;
	struct klpcc_error *err;
	int directory;

	if (!path)
		return klpcc_error_nomem();
	err = klpcc_output_begin(path, 0644, &output);
	if (!err) {
		err = klpcc_output_write(&output, data, size);
		if (!err && fsync(output.fd) < 0)
			err = klpcc_error_errno(errno, "%s: cannot write", path);
		if (err)
			klpcc_output_discard(&output);
		else
			err = klpcc_output_commit(&output);
	}
	if (!err) {
		directory =
			open(installed->directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (directory < 0 || fsync(directory) < 0)
			err = klpcc_error_errno(errno, "%s", installed->directory);
		if (directory >= 0)
			close(directory);
	}
	free(path);
	return err;
}

static struct klpcc_error *write_list(const struct klpcc_installed *installed)
{
	char *text = NULL;
	size_t size = 0;
	FILE *stream = open_memstream(&text, &size);
	struct klpcc_error *err;

	if (!stream)
		return klpcc_error_nomem();
	for (size_t i = 0; i < installed->files.count; i++)
		fprintf(stream, "%s\n", installed->files.words[i]);
	if (fclose(stream)) {
		free(text);
		return klpcc_error_nomem();
	}
	err = write_lasting(installed, LIST, text, size);
	free(text);
	return err;
}

static struct klpcc_error *remove_file(const struct klpcc_installed *installed,
				       const char *file)
{
	char *path = klpcc_installed_path(installed, file);
	struct klpcc_error *err = NULL;

	if (!path)
		return klpcc_error_nomem();
	if (unlink(path) < 0 && errno != ENOENT)
		err = klpcc_error_errno(errno, "%s", path);
	free(path);
	return err;
}

static struct klpcc_error *make_directory(const char *path)
{
	return mkdir(path, 0755) < 0 && errno != EEXIST
		       ? klpcc_error_errno(errno, "%s", path)
		       : NULL;
}

/* /lib/modules/RELEASE must be there, updates/ need not. */
static struct klpcc_error *make_directories(const struct klpcc_installed *installed)
{
	char *parent = strndup(installed->directory,
			       strlen(installed->directory) - strlen("/klpcc"));
	struct klpcc_error *err = parent ? make_directory(parent) : klpcc_error_nomem();

	free(parent);
	return err ? err : make_directory(installed->directory);
}

struct klpcc_error *klpcc_installed_copy(const struct klpcc_installed *installed,
					 const char *path)
{
	struct klpcc_error *err = make_directories(installed);
	struct klpcc_buffer data = { .data = NULL };

	if (!err)
		err = klpcc_file_read(path, &data);
	if (!err)
		err = write_lasting(installed, klpcc_base_name(path), data.data,
				    data.size);
	klpcc_buffer_deinit(&data);
	return err;
}

/* ---- changing the list ------------------------------------------------------------------ */

static void drop_word(struct klpcc_words *words, const char *word)
{
	for (size_t i = 0; i < words->count; i++) {
		if (strcmp(words->words[i], word) != 0)
			continue;
		free(words->words[i]);
		/* With the NULL after the last. */
		memmove(words->words + i, words->words + i + 1,
			(words->count - i) * sizeof(*words->words));
		words->count--;
		return;
	}
}

struct klpcc_error *klpcc_installed_add(struct klpcc_installed *installed,
					const char *file)
{
	char *name = klpcc_module_name(file), *old = NULL;
	const char *found = name ? klpcc_installed_find(installed, name) : NULL;
	struct klpcc_error *err = NULL;

	if (!name)
		return klpcc_error_nomem();
	free(name);
	if (found && !strcmp(found, file))
		return NULL;
	if (found) {
		old = strdup(found);
		if (!old)
			return klpcc_error_nomem();
		drop_word(&installed->files, old);
	}
	err = klpcc_words_add(&installed->files, file);
	if (!err)
		err = write_list(installed);
	if (!err && old)
		err = remove_file(installed, old);
	free(old);
	return err;
}

struct klpcc_error *klpcc_installed_remove(struct klpcc_installed *installed,
					   const char *file)
{
	char *copy = strdup(file);
	struct klpcc_error *err;

	if (!copy)
		return klpcc_error_nomem();
	drop_word(&installed->files, copy);
	err = write_list(installed);
	if (!err)
		err = remove_file(installed, copy);
	free(copy);
	return err;
}

struct klpcc_error *klpcc_installed_tidy(const struct klpcc_installed *installed)
{
	struct klpcc_words files;
	struct klpcc_error *err;

	if (installed->files.count)
		return NULL;
	err = klpcc_system_list(&files, "%s", installed->directory);
	for (size_t i = 0; !err && i < files.count; i++) {
		char *name = klpcc_module_name(files.words[i]);

		if (!name)
			err = klpcc_error_nomem();
		else if (!strcmp(name, KLPCC_RESOLVER) || !strcmp(files.words[i], LIST))
			err = remove_file(installed, files.words[i]);
		free(name);
	}
	klpcc_words_deinit(&files);
	/* What somebody else has put there stays. */
	if (!err && rmdir(installed->directory) < 0 && errno != ENOTEMPTY &&
	    errno != ENOENT)
		err = klpcc_error_errno(errno, "%s", installed->directory);
	return err;
}

struct klpcc_error *klpcc_installed_depmod(const struct klpcc_installed *installed)
{
	const char *const argv[] = { "depmod", "-b",
				     *installed->root ? installed->root : "/",
				     installed->release, NULL };
	const struct klpcc_run run = { .argv = argv };

	return klpcc_error_prefix(
		klpcc_run(&run),
		"the patches are loaded at boot, but modprobe does not know them");
}
