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
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <lib/file.h>
#include <lib/run.h>

#include "patches.h"
#include "system.h"

#define LIST "order"

/* ---- the list --------------------------------------------------------------------------- */

static bool has_file(const struct klpcc_installed *installed, const char *file)
{
	for (size_t i = 0; i < installed->files.count; i++)
		if (!strcmp(installed->files.words[i], file))
			return true;
	return false;
}

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
		line[strcspn(line, "\r\n")] = '\0';
		/* It names files of its directory, each once. */
		if (*line && *line != '#' && *line != '.' && !strchr(line, '/') &&
		    !has_file(installed, line))
			err = klpcc_words_add(&installed->files, line);
	}
	if (list && !err && ferror(list))
		err = klpcc_error_errno(errno, "%s", path);
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
	if (installed->lock)
		close(installed->lock - 1);
	*installed = (struct klpcc_installed){ .root = NULL };
}

/* Of the kernel's directory, as the one for the patches may be made, and removed. */
struct klpcc_error *klpcc_installed_lock(const char *root, const char *release,
					 struct klpcc_installed *ret)
{
	struct klpcc_error *err;
	char *path;
	int fd;

	*ret = (struct klpcc_installed){ .root = NULL };
	if (asprintf(&path, "%s/lib/modules/%s", root ? root : "", release) < 0)
		return klpcc_error_nomem();
	fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0 || flock(fd, LOCK_EX) < 0) {
		err = klpcc_error_errno(errno, "%s", path);
		if (fd >= 0)
			close(fd);
	} else {
		err = klpcc_installed_read(root, release, ret);
		if (err)
			close(fd);
		else
			ret->lock = fd + 1;
	}
	free(path);
	return err;
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

struct klpcc_error *klpcc_installed_locate(const struct klpcc_installed *installed,
					   const char *name, char **ret)
{
	struct klpcc_words files;
	struct klpcc_error *err = klpcc_system_list(&files, "%s", installed->directory);

	*ret = NULL;
	for (size_t i = 0; !err && !*ret && i < files.count; i++) {
		char *other = klpcc_module_name(files.words[i]);

		if (other && klpcc_module_is_file(files.words[i]) && !strcmp(other, name))
			*ret = klpcc_installed_path(installed, files.words[i]);
		free(other);
	}
	klpcc_words_deinit(&files);
	return err;
}

/* ---- the disk --------------------------------------------------------------------------- */

struct klpcc_error *klpcc_installed_sync(const char *directory)
{
	int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct klpcc_error *err = NULL;

	if (fd < 0 || fsync(fd) < 0)
		err = klpcc_error_errno(errno, "%s", directory);
	if (fd >= 0)
		close(fd);
	return err;
}

/* After a power cut the file is the old one or the new one; once this has returned, the new one. */
static struct klpcc_error *write_lasting(const struct klpcc_installed *installed,
					 const char *file, const void *data, size_t size)
{
	char *path = klpcc_installed_path(installed, file);
	struct klpcc_output output;
	struct klpcc_error *err;

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
	if (!err)
		err = klpcc_installed_sync(installed->directory);
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

	if (!err)
		err = make_directory(installed->directory);
	if (!err)
		err = klpcc_installed_sync(parent);
	free(parent);
	return err;
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

struct klpcc_error *klpcc_installed_add(struct klpcc_installed *installed,
					const char *file)
{
	char *name = klpcc_module_name(file), *copy = strdup(file);
	struct klpcc_error *err = NULL;
	size_t i = 0;

	if (!name || !copy) {
		err = klpcc_error_nomem();
	} else {
		const char *found = klpcc_installed_find(installed, name);

		while (i < installed->files.count && installed->files.words[i] != found)
			i++;
		if (!found) {
			err = klpcc_words_add(&installed->files, file);
		} else if (strcmp(found, file) != 0) {
			free(installed->files.words[i]);
			installed->files.words[i] = copy;
			copy = NULL;
		}
		if (!err)
			err = write_list(installed);
	}
	free(name);
	free(copy);
	return err;
}

struct klpcc_error *klpcc_installed_drop(struct klpcc_installed *installed,
					 const char *name)
{
	const char *found = klpcc_installed_find(installed, name);
	struct klpcc_words *files = &installed->files;

	if (!found)
		return NULL;
	for (size_t i = 0; i < files->count; i++) {
		if (files->words[i] != found)
			continue;
		free(files->words[i]);
		/* With the NULL after the last. */
		memmove(files->words + i, files->words + i + 1,
			(files->count - i) * sizeof(*files->words));
		files->count--;
		break;
	}
	return write_list(installed);
}

struct klpcc_error *klpcc_installed_clean(const struct klpcc_installed *installed,
					  const char *name, const char *file)
{
	struct klpcc_words files;
	struct klpcc_error *err = klpcc_system_list(&files, "%s", installed->directory);

	for (size_t i = 0; !err && i < files.count; i++) {
		char *other = klpcc_module_name(files.words[i]);

		if (!other)
			err = klpcc_error_nomem();
		/* With what is left of a write that was cut off: NAME.ko.NUMBER */
		else if (strstr(files.words[i], ".ko") && !strcmp(other, name) &&
			 (!file || strcmp(files.words[i], file) != 0))
			err = remove_file(installed, files.words[i]);
		free(other);
	}
	klpcc_words_deinit(&files);
	return err;
}

struct klpcc_error *klpcc_installed_tidy(const struct klpcc_installed *installed)
{
	struct klpcc_error *err;

	if (installed->files.count)
		return NULL;
	err = klpcc_installed_clean(installed, KLPCC_RESOLVER, NULL);
	if (!err)
		err = remove_file(installed, LIST);
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

	return klpcc_error_prefix(klpcc_run(&run),
				  "the next boot knows of it, but modprobe does not");
}
