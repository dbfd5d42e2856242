// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The test of a livepatch: see try.h. boot/run boots the guest, and boot/livepatch.sh is what it
 * does there; here is what goes in, and the judgement of the console.
 */
#include "try.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../elf/elf.h"
#include "../lib/file.h"
#include "../lib/message.h"
#include "../lib/parts.h"
#include "../lib/run.h"
#include "../lib/words.h"
#include "../match/kernel.h"
#include "../match/object.h"
#include "build.h"
#include "patch-private.h"
#include "../lib/scratch.h"

/* Seconds of processor time without a sign of life. */
#define LIMIT "100"
/* Megabytes. A kernel with KASAN needs more than most. */
#define MEMORY "1024"

/* What is made for a test. */
struct
try {
	const struct klpcc_patch_request *request;
	const struct klpcc_patch *patch;
	char *boot;    /* path of boot/run */
	char *script;  /* and of boot/livepatch.sh */
	char *scratch; /* a temporary directory */
	char *console, *output;
	struct klpcc_match_kernel kernel;
	struct klpcc_words seen; /* modules that were looked at */
	struct klpcc_words
		targets;          /* those that are loaded, as livepatch.sh takes them */
	struct klpcc_words files; /* paths of what the guest has */
};

/* ---- before anything is made ------------------------------------------------------------ */

static struct klpcc_error *find_boot(char **ret)
{
	struct klpcc_parts parts;
	struct klpcc_error *err = klpcc_parts_init(&parts);

	if (err)
		return err;
	err = klpcc_parts_boot(&parts, ret);
	klpcc_parts_deinit(&parts);
	return err;
}

/* What it prints is the reason of a failure, and else nothing. */
static struct klpcc_error *run_boot(const char *const *argv)
{
	struct klpcc_run run = { .argv = argv, .speaks = true };
	struct klpcc_buffer nothing = { .data = NULL };
	struct klpcc_error *err = klpcc_run_read(&run, &nothing);

	klpcc_buffer_deinit(&nothing);
	return err;
}

struct klpcc_error *klpcc_patch_can_try(const struct klpcc_patch_request *request)
{
	const char *argv[] = { NULL, "-n", NULL };
	struct klpcc_error *err;
	char *boot;

	if (!request->test)
		return NULL;
	if (access(request->test, R_OK))
		return klpcc_error_errno(errno, "%s", request->test);
	err = find_boot(&boot);
	if (err)
		return err;
	argv[0] = boot;
	err = klpcc_error_prefix(run_boot(argv), "--test");
	free(boot);
	return err;
}

/* ---- the modules that the livepatch is for ---------------------------------------------- */

static bool is_in(const struct klpcc_words *words, const char *name)
{
	for (size_t i = 0; i < words->count; i++)
		if (!strcmp(words->words[i], name))
			return true;
	return false;
}

/* The file as the guest's insmod reads it: not compressed. */
static struct klpcc_error *write_module(struct try *try, const char *name,
					const struct klpcc_elf *elf)
{
	struct klpcc_output output;
	const unsigned char *bytes;
	struct klpcc_error *err;
	size_t size;

	err = klpcc_words_addf(&try->files, "%s/%s.ko", try->scratch, name);
	if (err)
		return err;
	err = klpcc_output_begin(try->files.words[try->files.count - 1], 0600, &output);
	if (err)
		return err;
	bytes = klpcc_elf_data(elf, &size);
	err = klpcc_output_write(&output, bytes, size);
	if (!err)
		return klpcc_output_commit(&output);
	klpcc_output_discard(&output);
	return err;
}

static struct klpcc_error *add_target(struct try *try, const char *name, bool must);

/* Adds each of a list of modules; `ends` are the characters that a name ends with. */
static struct klpcc_error *add_list(struct try *try, const char *list, const char *ends,
				    bool must)
{
	struct klpcc_error *err = NULL;

	while (!err && *list) {
		size_t length = strcspn(list, ends);
		char *name = strndup(list, length);

		if (!name)
			return klpcc_error_nomem();
		for (char *c = name; *c; c++)
			if (*c == '-')
				*c = '_';
		if (length)
			err = add_target(try, name, must);
		free(name);
		list += length + (list[length] != '\0');
	}
	return err;
}

/* "softdep=pre: crc32c post: x": modprobe(8) loads those after "pre:" first, if they are there. */
static struct klpcc_error *add_soft(struct try *try, const struct klpcc_elf *elf)
{
	const struct klpcc_elf_section *section = klpcc_elf_find_section(elf, ".modinfo");
	struct klpcc_error *err = NULL;
	const unsigned char *bytes;
	size_t size, length;

	if (section)
		err = klpcc_elf_section_bytes(elf, section, &bytes, &size);
	if (!section || err)
		return err;
	for (size_t at = 0; !err && at < size; at += length + 1) {
		const char *entry = (const char *)bytes + at, *start, *end;
		char *names;

		length = strnlen(entry, size - at);
		if (at + length == size || strncmp(entry, "softdep=", 8))
			continue;
		start = strstr(entry, "pre:");
		if (!start)
			continue;
		start += strlen("pre:");
		end = strstr(start, "post:");
		names = end ? strndup(start, (size_t)(end - start)) : strdup(start);
		err = names ? add_list(try, names, " ", false) : klpcc_error_nomem();
		free(names);
	}
	return err;
}

/*
 * Names of soft dependencies may be aliases. Those of the crypto API are what matters, and the
 * module that can do without a special processor has its name from the alias: crc32c_generic.
 */
static const struct klpcc_match_object *open_soft(struct try *try, const char *name)
{
	const struct klpcc_match_object *object = NULL;
	struct klpcc_error *err;
	char *generic;

	err = klpcc_match_kernel_object(&try->kernel, name, &object);
	if (!err)
		return object;
	klpcc_error_free(err);
	if (asprintf(&generic, "%s_generic", name) < 0)
		return NULL;
	err = klpcc_match_kernel_object(&try->kernel, generic, &object);
	free(generic);
	klpcc_error_free(err);
	return err ? NULL : object;
}

/* Adds a module, after all that it needs. must: the guest must be able to load it. */
static struct klpcc_error *add_target(struct try *try, const char *name, bool must)
{
	const struct klpcc_match_object *object;
	struct klpcc_error *err = NULL;
	const char *depends = NULL;

	if (must)
		err = klpcc_match_kernel_object(&try->kernel, name, &object);
	else
		object = open_soft(try, name);
	if (err || !object || is_in(&try->seen, object->name))
		return err;
	err = klpcc_words_add(&try->seen, object->name);
	if (!err)
		err = klpcc_elf_modinfo(object->file.elf, "depends", &depends);
	if (!err && depends)
		err = add_list(try, depends, ",", must);
	if (!err)
		err = add_soft(try, object->file.elf);
	if (!err)
		err = write_module(try, object->name, object->file.elf);
	return err ? err
		   : klpcc_words_addf(&try->targets, "%s%s", must ? "" : "-",
				      object->name);
}

static struct klpcc_error *add_targets(struct try *try)
{
	struct klpcc_error *err = NULL;

	for (size_t i = 0; !err && i < try->patch->unit_count; i++)
		if (strcmp(try->patch->units[i].object, "vmlinux") != 0)
			err = add_target(try, try->patch->units[i].object, true);
	return err;
}

/* ---- the guest -------------------------------------------------------------------------- */

/* The index and the image are those that the livepatch was made with. */
static struct klpcc_error *open_kernel(struct try *try)
{
	const struct klpcc_patch_request *request = try->request;
	struct klpcc_error *err;
	char *index = NULL;

	err = klpcc_patch_find_index(request, &index);
	if (!err)
		err = klpcc_patch_open_kernel(request, index, &try->kernel);
	free(index);
	if (err)
		return err;
	if (klpcc_index_machine(try->kernel.index) != EM_X86_64)
		return klpcc_error_new(
			ENOTSUP,
			"--test: %s is not a kernel for x86_64, and only these are booted",
			request->release);
	return NULL;
}

static bool is_elf(const char *path)
{
	FILE *file = fopen(path, "re");
	char magic[SELFMAG];
	bool same = file && fread(magic, sizeof(magic), 1, file) == 1 &&
		    !memcmp(magic, ELFMAG, SELFMAG);

	if (file)
		fclose(file);
	return same;
}

/*
 * An ELF file is enough to make a livepatch of, but not what is booted. What is must be of the same
 * build. *ret: malloc()ed.
 */
static struct klpcc_error *find_image(const struct try *try, char **ret)
{
	const char *image = try->kernel.image;
	struct klpcc_match_object vmlinux;
	struct klpcc_error *err;

	*ret = NULL;
	if (image && !is_elf(image))
		*ret = strdup(image);
	else if (asprintf(ret, "/boot/vmlinuz-%s", try->request->release) < 0)
		*ret = NULL;
	if (!*ret)
		return klpcc_error_nomem();
	if (access(*ret, R_OK))
		return klpcc_error_errno(
			errno,
			"%s: --test needs the image that a machine boots; give it with --image",
			*ret);
	err = klpcc_match_open_vmlinux(*ret, try->kernel.index, &vmlinux);
	if (!err)
		klpcc_match_object_close(&vmlinux);
	return err;
}

static struct klpcc_error *write_text(struct try *try, const char *name, const char *text)
{
	char *path = NULL;
	struct klpcc_error *err = klpcc_patch_path(&path, try->scratch, name, "");

	if (!err)
		err = klpcc_file_write_text(path, text);
	if (!err)
		err = klpcc_words_add(&try->files, path);
	free(path);
	return err;
}

/* In /guest of the guest. */
static struct klpcc_error *write_settings(struct try *try)
{
	struct klpcc_error *err = NULL;
	size_t size;
	char *text = NULL;
	FILE *stream = open_memstream(&text, &size);

	if (!stream)
		return klpcc_error_nomem();
	fputs("targets='", stream);
	for (size_t i = 0; i < try->targets.count; i++)
		fprintf(stream, "%s ", try->targets.words[i]);
	fprintf(stream, "'\nlivepatch='%s'\n", try->patch->name);
	if (fclose(stream))
		err = klpcc_error_nomem();
	if (!err)
		err = write_text(try, "settings", text);
	free(text);
	return err;
}

static struct klpcc_error *write_test(struct try *try)
{
	char *text = NULL;
	struct klpcc_error *err = klpcc_file_read_text(try->request->test, &text);

	if (!err)
		err = write_text(try, "test", text);
	free(text);
	return err;
}

static struct klpcc_error *add_livepatch(struct try *try)
{
	const char *form = try->request->form;
	struct klpcc_error *err = klpcc_words_add(&try->files, try->patch->module);

	if (err || (form && strcmp(form, "object") != 0))
		return err;
	err = klpcc_patch_build_resolver(try->patch);
	return err ? err
		   : klpcc_words_addf(&try->files, "%s/klpcc_resolver.ko",
				      try->patch->output);
}

/* What takes long comes before there is something that a signal would leave. */
static struct klpcc_error *gather_files(struct try *try)
{
	struct klpcc_error *err = add_livepatch(try);

	if (!err)
		err = open_kernel(try);
	if (!err)
		err = klpcc_scratch_make(&try->scratch);
	if (!err)
		err = add_targets(try);
	if (!err)
		err = write_settings(try);
	return err ? err : write_test(try);
}

static struct klpcc_error *boot_guest(struct try *try)
{
	const char *limit = try->request->limit ? try->request->limit : LIMIT;
	struct klpcc_words words = { .count = 0 };
	char *image = NULL;
	struct klpcc_error *err = find_image(try, &image);

	if (!err) {
		const char *argv[] = { try->boot,   "-k", image, "-c", try->console, "-d",
				       try->output, "-t", limit, "-m", MEMORY,       "-s",
				       try->script };

		for (size_t i = 0; !err && i < sizeof(argv) / sizeof(argv[0]); i++)
			err = klpcc_words_add(&words, argv[i]);
	}
	for (size_t i = 0; !err && i < try->files.count; i++)
		err = klpcc_words_add(&words, try->files.words[i]);
	if (!err)
		err = run_boot((const char *const *)words.words);
	klpcc_words_deinit(&words);
	free(image);
	return err;
}

/* ---- the judgement ---------------------------------------------------------------------- */

/* What a kernel in trouble prints. That a livepatch taints it is not among these. */
static const char *const complaints[] = {
	"BUG: ",
	"kernel BUG at",
	"WARNING: ",
	"UBSAN: ",
	"Oops",
	"Call Trace:",
	"general protection fault",
	"INFO: possible ",
	"INFO: task ",
	"detected stall",
};

/* What the console tells, as far as it was read. Strings are in its text. */
struct verdict {
	bool began;            /* the guest's script */
	const char *said;      /* the first line that the step printed; NULL: none yet */
	const char *step;      /* the one that failed; NULL: none */
	const char *reason;    /* what it said, or NULL */
	const char *complaint; /* the first line of that kind; NULL: none */
	int before, patched, unpatched; /* statuses of the test; -1: it was not run */
};

/* "== end NAME rc=N". A name that begins with "-" may fail. */
static void read_end(struct verdict *verdict, char *name)
{
	char *rc = strstr(name, " rc=");
	int status = rc ? atoi(rc + strlen(" rc=")) : 0;

	if (!rc)
		return;
	*rc = '\0';
	if (!strcmp(name, "before")) {
		verdict->before = status;
	} else if (!strcmp(name, "patched")) {
		verdict->patched = status;
	} else if (!strcmp(name, "unpatched")) {
		verdict->unpatched = status;
	} else if (status && *name != '-' && !verdict->step) {
		verdict->step = name;
		verdict->reason = verdict->said;
	}
}

static bool is_complaint(const char *line)
{
	for (size_t i = 0; i < sizeof(complaints) / sizeof(complaints[0]); i++)
		if (strstr(line, complaints[i]))
			return true;
	return false;
}

/* The kernel's own boot is not the livepatch's fault: the first section ends it. */
static void read_line(struct verdict *verdict, char *line)
{
	static const char begin[] = "== begin ", end[] = "== end ", said[] = "| ";

	if (!strncmp(line, begin, strlen(begin))) {
		verdict->began = true;
		verdict->said = NULL;
	} else if (!strncmp(line, end, strlen(end))) {
		read_end(verdict, line + strlen(end));
	} else if (!strncmp(line, said, strlen(said))) {
		if (!verdict->said)
			verdict->said = line + strlen(said);
	} else if (verdict->began && !verdict->complaint && is_complaint(line)) {
		verdict->complaint = line;
	}
}

static struct klpcc_error *pass_verdict(const struct try *try,
					const struct verdict *verdict)
{
	const char *test = try->request->test;

	if (verdict->step)
		return klpcc_error_new(
			EIO, "in the guest, %s: %s; console: %s", verdict->step,
			verdict->reason ? verdict->reason : "it failed", try->console);
	if (verdict->complaint)
		return klpcc_error_new(EIO, "the kernel complains: %s; console: %s",
				       verdict->complaint, try->console);
	if (verdict->patched)
		return klpcc_error_new(
			EIO, "%s: it ended with status %d when the livepatch was loaded",
			test, verdict->patched);
	if (verdict->unpatched != verdict->before)
		return klpcc_error_new(
			EIO,
			"%s: it ended with status %d after the livepatch was unloaded, and with %d before it was loaded",
			test, verdict->unpatched, verdict->before);
	return NULL;
}

static struct klpcc_error *judge_console(const struct try *try)
{
	struct verdict verdict = { .before = -1, .patched = -1, .unpatched = -1 };
	char *text = NULL, *rest, *line;
	struct klpcc_error *err = klpcc_file_read_text(try->console, &text);

	if (err)
		return err;
	rest = text;
	while ((line = strsep(&rest, "\n")))
		read_line(&verdict, line);
	err = pass_verdict(try, &verdict);
	free(text);
	return err;
}

/* ---- all of it -------------------------------------------------------------------------- */

/* As it is: it may be anything. */
static struct klpcc_error *show_output(const struct try *try)
{
	struct klpcc_buffer output;
	struct klpcc_error *err;

	/* There is none where the guest did not come to be. */
	if (try->request->quiet || access(try->output, F_OK))
		return NULL;
	err = klpcc_file_read(try->output, &output);
	if (err)
		return err;
	fwrite(output.data, 1, output.size, stdout);
	fflush(stdout);
	klpcc_buffer_deinit(&output);
	return NULL;
}

static struct klpcc_error *run_test(struct try *try)
{
	struct klpcc_error *err, *hidden;

	if (!try->request->quiet)
		klpcc_message(KLPCC_MESSAGE_PLAIN, "%s: in qemu, on %s",
			      try->request->test, try->request->release);
	err = boot_guest(try);
	if (!err || err->code != EINTR) {
		hidden = show_output(try);
		if (err)
			klpcc_error_free(hidden);
		else
			err = hidden;
	}
	if (!err)
		err = judge_console(try);
	if (!err && !try->request->quiet)
		klpcc_message(KLPCC_MESSAGE_PLAIN, "%s: it passes", try->request->test);
	return err;
}

static void deinit_try(struct try *try)
{
	klpcc_match_kernel_close(&try->kernel);
	klpcc_words_deinit(&try->seen);
	klpcc_words_deinit(&try->targets);
	klpcc_words_deinit(&try->files);
	klpcc_scratch_remove(try->scratch);
	free(try->boot);
	free(try->script);
	free(try->console);
	free(try->output);
}

struct klpcc_error *klpcc_patch_try(const struct klpcc_patch_request *request,
				    const struct klpcc_patch *patch)
{
	struct try try = { .request = request, .patch = patch };
	struct klpcc_error *err;

	if (!request->test)
		return NULL;
	err = find_boot(&try.boot);
	if (!err && asprintf(&try.script, "%.*s/livepatch.sh",
			     (int)(strrchr(try.boot, '/') - try.boot), try.boot) < 0)
		err = klpcc_error_nomem();
	if (!err)
		err = klpcc_patch_path(&try.console, patch->output, "console", "");
	if (!err)
		err = klpcc_patch_path(&try.output, patch->output, "output", "");
	if (!err)
		err = gather_files(&try);
	if (!err)
		err = run_test(&try);
	deinit_try(&try);
	return err;
}
