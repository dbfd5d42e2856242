// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Finds the inputs of an index on a machine: see inputs.h.
 *
 * The places are those of Debian, Fedora, SUSE and of a kernel that was built and
 * installed by hand. The order is fixed, and the first one that exists is taken: a debug
 * vmlinux, which knows most (source files, local and global), an image, which has all
 * that the kernel itself knows, the running kernel, and System.map last, which may
 * contain what the kernel left out.
 */
#include "inputs.h"

#include <errno.h>
#include <fcntl.h>
#include <gelf.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../lib/message.h"
#include "read-text.h"

struct search {
	const char *release;
	const char *sysroot; /* "" for the machine itself */
	char *build; /* what /lib/modules/RELEASE/build points to, below sysroot */
	bool quiet;
	bool debian;
	struct klpcc_inputs *inputs; /* what was looked for is noted there */
};

/* A path below the sysroot, with RELEASE for '*' and what BUILD points to for a leading '@'. */
static char *expand_path(const struct search *search, const char *pattern)
{
	const char *star = strchr(pattern, '*');
	char *path;
	int length;

	if (pattern[0] == '@')
		length = asprintf(&path, "%s%s", search->build, pattern + 1);
	else if (star)
		length = asprintf(&path, "%s/%.*s%s%s", search->sysroot,
				  (int)(star - pattern), pattern, search->release,
				  star + 1);
	else
		length = asprintf(&path, "%s/%s", search->sysroot, pattern);
	return length < 0 ? NULL : path;
}

static void print_unless_quiet(const struct search *search, enum klpcc_message_kind kind,
			       const char *format, ...) KLPCC_PRINTF(3, 4);

static void print_unless_quiet(const struct search *search, enum klpcc_message_kind kind,
			       const char *format, ...)
{
	va_list args;

	if (search->quiet)
		return;
	va_start(args, format);
	klpcc_vmessage(kind, format, args);
	va_end(args);
}

static struct klpcc_error *add_path(char ***paths, size_t *count, const char *path)
{
	char **grown = reallocarray(*paths, *count + 1, sizeof(*grown));

	if (!grown)
		return klpcc_error_nomem();
	*paths = grown;
	grown[*count] = strdup(path);
	if (!grown[*count])
		return klpcc_error_nomem();
	(*count)++;
	return NULL;
}

/* The search for debug information visits some places again: each is listed once. */
static struct klpcc_error *note_path(const struct search *search, const char *path)
{
	struct klpcc_inputs *inputs = search->inputs;

	for (size_t i = 0; i < inputs->looked_count; i++)
		if (!strcmp(inputs->looked[i], path))
			return NULL;
	return add_path(&inputs->looked, &inputs->looked_count, path);
}

/*
 * The first of the patterns that exists and can be read; NULL in *ret when there is none.
 * directory: look for directories, not files.
 */
static struct klpcc_error *find_first(const struct search *search,
				      const char *const *patterns, size_t count,
				      bool directory, char **ret)
{
	*ret = NULL;
	for (size_t i = 0; i < count; i++) {
		char *path = expand_path(search, patterns[i]);
		struct klpcc_error *err;
		struct stat st;

		if (!path)
			return klpcc_error_nomem();
		err = note_path(search, path);
		if (err) {
			free(path);
			return err;
		}
		if (stat(path, &st) == 0 && !S_ISDIR(st.st_mode) == !directory) {
			if (access(path, R_OK) == 0) {
				*ret = path;
				return NULL;
			}
			print_unless_quiet(search, KLPCC_MESSAGE_WARNING,
					   "skipping %s: %s", path, strerror(errno));
		}
		free(path);
	}
	return NULL;
}

#define FIND_FIRST(search, patterns, directory, ret)                                    \
	find_first(search, patterns, sizeof(patterns) / sizeof(patterns[0]), directory, \
		   ret)

/* The first file that exists, can be read and is not a stand-in for the real one. */
static struct klpcc_error *find_first_real(const struct search *search,
					   const char *const *patterns, size_t count,
					   bool (*is_stub)(const char *path), char **ret)
{
	*ret = NULL;
	for (size_t i = 0; i < count; i++) {
		struct klpcc_error *err = find_first(search, &patterns[i], 1, false, ret);

		if (err)
			return err;
		if (*ret && !is_stub(*ret))
			return NULL;
		free(*ret);
		*ret = NULL;
	}
	return NULL;
}

#define FIND_FIRST_REAL(search, patterns, is_stub, ret)                           \
	find_first_real(search, patterns, sizeof(patterns) / sizeof(patterns[0]), \
			is_stub, ret)

/* A package that contains something, by name on Debian and in words elsewhere. */
struct package {
	const char *prefix, *suffix; /* around the release */
	const char *words;
};

static const struct package image_package = { "linux-image-", "",
					      "the image and the modules" };
static const struct package headers_package = { "linux-headers-", "", "the headers" };
static const struct package debug_package = { "linux-image-", "-dbg",
					      "the debug information" };

static char *describe_package(const struct search *search, const struct package *package)
{
	char *text;
	int length;

	if (search->debian)
		length = asprintf(&text, "%s%s%s", package->prefix, search->release,
				  package->suffix);
	else
		length = asprintf(&text, "the package with %s of kernel %s",
				  package->words, search->release);
	return length < 0 ? NULL : text;
}

static struct klpcc_error *print_missing(const struct search *search,
					 enum klpcc_message_kind kind, const char *what,
					 const struct package *package)
{
	char *text = describe_package(search, package);

	if (!text)
		return klpcc_error_nomem();
	print_unless_quiet(search, kind, "no %s; install %s", what, text);
	free(text);
	return NULL;
}

/*
 * /lib/modules/RELEASE/build is a link, absolute as a rule; below another root it must not
 * lead back to this machine's own files.
 */
static struct klpcc_error *find_build(struct search *search)
{
	char *link = expand_path(search, "lib/modules/*/build");
	char destination[PATH_MAX];
	ssize_t length;

	if (!link)
		return klpcc_error_nomem();
	search->build = link;
	length = readlink(link, destination, sizeof(destination));
	if (length <= 0 || (size_t)length == sizeof(destination) || destination[0] != '/')
		return NULL;
	if (asprintf(&search->build, "%s%.*s", search->sysroot, (int)length,
		     destination) < 0)
		search->build = NULL;
	free(link);
	return search->build ? NULL : klpcc_error_nomem();
}

static struct klpcc_error *find_symvers(const struct search *search,
					struct klpcc_inputs *inputs)
{
	static const char *const places[] = {
		"usr/src/linux-headers-*/Module.symvers",
		"usr/src/kernels/*/Module.symvers",
		"@/Module.symvers",
	};
	struct klpcc_error *err;

	if (inputs->symvers)
		return NULL;
	err = FIND_FIRST(search, places, false, &inputs->symvers);
	if (err)
		return err;
	if (!inputs->symvers)
		return print_missing(search, KLPCC_MESSAGE_WARNING,
				     "Module.symvers, which tells what is exported",
				     &headers_package);
	print_unless_quiet(search, KLPCC_MESSAGE_PLAIN, "exports from %s",
			   inputs->symvers);
	return NULL;
}

static struct klpcc_error *find_modules(const struct search *search,
					struct klpcc_inputs *inputs)
{
	static const char *const places[] = { "lib/modules/*/kernel",
					      "usr/lib/modules/*/kernel" };
	struct klpcc_error *err;
	char *path;

	if (inputs->modules_count)
		return NULL;
	err = FIND_FIRST(search, places, true, &path);
	if (err)
		return err;
	if (!path)
		return print_missing(search, KLPCC_MESSAGE_WARNING, "modules",
				     &image_package);
	/* Not only kernel/: a module in updates/ or extra/ is loaded in place of ours. */
	*strrchr(path, '/') = '\0';
	print_unless_quiet(search, KLPCC_MESSAGE_PLAIN, "modules from %s", path);
	err = klpcc_inputs_add_modules(inputs, path);
	free(path);
	return err;
}

/* The copy of the running kernel's symbols, when that is the release in question. */
static struct klpcc_error *find_kallsyms(const struct search *search, char **ret)
{
	static const char *const places[] = { "proc/kallsyms" };
	char *path = expand_path(search, "proc/sys/kernel/osrelease");
	char running[256] = "";
	FILE *file;

	*ret = NULL;
	if (!path)
		return klpcc_error_nomem();
	file = fopen(path, "re");
	free(path);
	if (!file)
		return NULL;
	if (!fgets(running, sizeof(running), file))
		running[0] = '\0';
	fclose(file);
	running[strcspn(running, "\n")] = '\0';
	if (strcmp(running, search->release))
		return NULL;
	return FIND_FIRST(search, places, false, ret);
}

static struct klpcc_error *find_system_map(const struct search *search, char **ret)
{
	static const char *const places[] = {
		"usr/lib/debug/boot/System.map-*",
		"boot/System.map-*",
		"lib/modules/*/System.map",
		"usr/lib/modules/*/System.map",
		"@/System.map",
	};

	return FIND_FIRST_REAL(search, places, klpcc_system_map_is_stub, ret);
}

/*
 * True for a vmlinux without any code. The headers of newer Debian kernels have one, with
 * the BTF that modules are built against. Only the section headers are read: a debug
 * vmlinux is large. A file that cannot be read is not a stub: its reader will complain.
 */
static bool vmlinux_is_stub(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	bool sections = false, code = false;
	Elf_Scn *section = NULL;
	GElf_Shdr header;
	Elf *elf;

	if (fd < 0)
		return false;
	elf_version(EV_CURRENT);
	elf = elf_begin(fd, ELF_C_READ, NULL);
	while (elf && (section = elf_nextscn(elf, section)) &&
	       gelf_getshdr(section, &header)) {
		sections = true;
		code |= header.sh_flags & SHF_EXECINSTR;
	}
	elf_end(elf);
	close(fd);
	return sections && !code;
}

static struct klpcc_error *find_elf(const struct search *search, char **ret)
{
	static const char *const places[] = {
		"usr/lib/debug/boot/vmlinux-*",
		"usr/lib/debug/lib/modules/*/vmlinux",
		"usr/lib/debug/usr/lib/modules/*/vmlinux",
		"lib/modules/*/vmlinux",
		"@/vmlinux",
	};

	return FIND_FIRST_REAL(search, places, vmlinux_is_stub, ret);
}

static struct klpcc_error *find_image(const struct search *search, char **ret)
{
	static const char *const places[] = {
		"boot/vmlinuz-*",
		"lib/modules/*/vmlinuz",
		"usr/lib/modules/*/vmlinuz",
		"lib/modules/*/bzImage",
		"boot/image-*",
		"boot/vmlinux-*",
	};

	return FIND_FIRST(search, places, false, ret);
}

static struct klpcc_error *find_vmlinux(const struct search *search,
					struct klpcc_inputs *inputs)
{
	static const struct {
		enum klpcc_vmlinux_kind kind;
		const char *words;
		struct klpcc_error *(*find)(const struct search *search, char **ret);
	} kinds[] = {
		{ KLPCC_VMLINUX_ELF, "debug vmlinux", find_elf },
		{ KLPCC_VMLINUX_IMAGE, "image", find_image },
		{ KLPCC_VMLINUX_KALLSYMS, "running kernel", find_kallsyms },
		{ KLPCC_VMLINUX_SYSTEM_MAP, "System.map", find_system_map },
	};

	if (inputs->vmlinux)
		return NULL;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		struct klpcc_error *err = kinds[i].find(search, &inputs->vmlinux);

		if (err)
			return err;
		if (!inputs->vmlinux)
			continue;
		inputs->kind = kinds[i].kind;
		print_unless_quiet(search, KLPCC_MESSAGE_PLAIN,
				   "symbols of vmlinux from %s (%s)", inputs->vmlinux,
				   kinds[i].words);
		break;
	}
	if (inputs->vmlinux && inputs->kind != KLPCC_VMLINUX_ELF)
		return print_missing(
			search, KLPCC_MESSAGE_NOTE,
			"debug vmlinux, which tells the source files of symbols",
			&debug_package);
	return NULL;
}

static struct klpcc_error *add_debug(const struct search *search,
				     struct klpcc_inputs *inputs, char *path)
{
	struct klpcc_error *err;

	print_unless_quiet(search, KLPCC_MESSAGE_PLAIN, "source files from %s", path);
	err = klpcc_inputs_add_debug(inputs, path);
	inputs->debug_found = true;
	free(path);
	return err;
}

/* What tells the source files, where the symbols themselves come from elsewhere. */
static struct klpcc_error *find_debug(const struct search *search,
				      struct klpcc_inputs *inputs)
{
	static const char *const modules[] = { "usr/lib/debug/lib/modules/*",
					       "usr/lib/debug/usr/lib/modules/*" };
	struct klpcc_error *err = NULL;
	char *path = NULL;

	if (inputs->debug_count)
		return NULL;
	if (inputs->vmlinux && inputs->kind != KLPCC_VMLINUX_ELF)
		err = find_elf(search, &path);
	if (!err && path)
		err = add_debug(search, inputs, path);
	path = NULL;
	if (!err && inputs->modules_count)
		err = FIND_FIRST(search, modules, true, &path);
	return err || !path ? err : add_debug(search, inputs, path);
}

/* The error for a search without any symbols of vmlinux. */
static struct klpcc_error *nothing_found_error(const struct search *search,
					       const struct klpcc_inputs *inputs)
{
	char *image = describe_package(search, &image_package);
	char *headers = describe_package(search, &headers_package);
	struct klpcc_error *err;

	if (!image || !headers)
		err = klpcc_error_nomem();
	else
		err = klpcc_error_new(
			ENOENT,
			"no symbols of kernel %s on this machine; install %s%s%s, or give --image or --vmlinux",
			search->release, image, inputs->symvers ? "" : " and ",
			inputs->symvers ? "" : headers);
	free(image);
	free(headers);
	return err;
}

static bool is_debian(const struct search *search)
{
	char *path = expand_path(search, "etc/debian_version");
	bool debian = path && access(path, F_OK) == 0;

	free(path);
	return debian;
}

struct klpcc_error *klpcc_inputs_find(struct klpcc_inputs *inputs, const char *release,
				      const char *sysroot, bool quiet)
{
	struct search search = { .release = release, .quiet = quiet, .inputs = inputs };
	size_t length = strlen(sysroot);
	struct klpcc_error *err;
	char *root;

	while (length && sysroot[length - 1] == '/')
		length--;
	root = strndup(sysroot, length);
	if (!root)
		return klpcc_error_nomem();
	search.sysroot = root;
	search.debian = is_debian(&search);
	err = find_build(&search);
	if (!err)
		err = find_vmlinux(&search, inputs);
	if (!err)
		err = find_symvers(&search, inputs);
	if (!err)
		err = find_modules(&search, inputs);
	if (!err)
		err = find_debug(&search, inputs);
	if (!err && !inputs->vmlinux)
		err = nothing_found_error(&search, inputs);
	free(search.build);
	free(root);
	return err;
}

struct klpcc_error *klpcc_inputs_add_modules(struct klpcc_inputs *inputs,
					     const char *path)
{
	return add_path(&inputs->modules, &inputs->modules_count, path);
}

struct klpcc_error *klpcc_inputs_add_debug(struct klpcc_inputs *inputs, const char *path)
{
	return add_path(&inputs->debug, &inputs->debug_count, path);
}

void klpcc_inputs_deinit(struct klpcc_inputs *inputs)
{
	for (size_t i = 0; i < inputs->modules_count; i++)
		free(inputs->modules[i]);
	free(inputs->modules);
	for (size_t i = 0; i < inputs->debug_count; i++)
		free(inputs->debug[i]);
	free(inputs->debug);
	for (size_t i = 0; i < inputs->looked_count; i++)
		free(inputs->looked[i]);
	free(inputs->looked);
	free(inputs->vmlinux);
	free(inputs->symvers);
}
