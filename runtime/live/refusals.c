// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Why a kernel refused a module: see refusals.h.
 *
 * errno alone says little: EINVAL may be any of a dozen. The module loader, the livepatch core and
 * klpcc's resolver write the reason into the log, each in its own words, which have been the same
 * since 5.10 where nothing else is said.
 */
#include "refusals.h"

#include <errno.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define GROUPS 4 /* the whole line and three of its words */

struct refusal {
	/*
	 * What a line of the log is like, as an extended regular expression in which % is the name
	 * of the module. NULL: errno decides.
	 */
	const char *line;
	int code; /* 0: any */
	/* The cause and the way out; $1 to $3 are groups of the line. */
	const char *text;
};

/* The first that fits is the reason. What is not in the list is told in the kernel's words. */
static const struct refusal refusals[] = {
	/* The resolver: docs/resolver.md. */
	{ "^klpcc_resolver: %: symbol (.+) of (.+): not found", 0,
	  "this kernel's $2 has no symbol '$1': it was built with the index of another kernel; build it for this one" },
	{ "^klpcc_resolver: %: symbol (.+) of (.+): expected (.+)", 0,
	  "symbol '$1' of $2 was expected $3: it was built with the index of another kernel; build it for this one" },
	{ "^klpcc_resolver: %: symbol (.+) of (.+): .+ is not loaded", 0,
	  "it takes '$1' from the module '$2', which is not loaded: load that first" },
	{ "^klpcc_resolver: this kernel's (.+)\\(\\) cannot be hooked", 0,
	  "another tool has redirected '$1', which the resolver needs: unload that tool's module, or build the patch with KLPCC_FORM=mainline" },
	{ "^klpcc_resolver: %: (.+)", 0,
	  "the resolver refuses it: $1; build it again, with the klpcc that the resolver is of" },
	/* The livepatch core: kernel/livepatch/ */
	{ "^livepatch: symbol '(.+)' not found in symbol table", 0,
	  "this kernel has no symbol '$1': correct .old_name, or build it for this kernel" },
	{ "^livepatch: symbol position (.+) for symbol '(.+)' in object '.+' not found",
	  0,
	  "this kernel has no '$2' number $1: correct .old_sympos, or build it for this kernel" },
	{ "^livepatch: unresolvable ambiguity for symbol '(.+)' in object", 0,
	  "this kernel has more than one '$1': choose one with .old_sympos, or with klp_sympos() where the patch uses it" },
	{ "^livepatch: failed to find location for function '(.+)'", 0,
	  "ftrace cannot redirect '$1', which is notrace or assembler code: replace its callers" },
	{ "^livepatch: failed to register ftrace handler for function '(.+)' \\(-16\\)",
	  0,
	  "another tool has redirected '$1': unload that tool's module or probe first" },
	{ "^livepatch: section .+ has an incorrectly formatted name", 0,
	  "the resolver is not loaded: load klpcc_resolver.ko, or build the patch with KLPCC_FORM=mainline" },
	{ "^livepatch: Livepatch patch \\(%\\) is not compatible", 0,
	  "a livepatch that is loaded has changed a state (struct klp_state) that this one does not know: unload that first" },
	{ "^livepatch: pre-patch callback failed for object '(.+)'", 0,
	  "its own pre_patch callback for $1 refuses: ask its author" },
	{ "^sysfs: cannot create duplicate filename '/kernel/livepatch/%/(.+)/(.+),", 0,
	  "its struct klp_func name '$2' of $1 twice: remove one" },
	/* The module loader: kernel/module/ */
	{ "^%: version magic '(.*[^ ]) *' should be '(.*[^ ]) *'", 0,
	  "it was built for a kernel of '$1', and this one is '$2': build it for this one" },
	{ "^%: disagrees about version of symbol (.+)", 0,
	  "it was built for a kernel where '$1' has another type: build it for this one" },
	{ "^%: Unknown symbol (.+) \\(err", 0,
	  "no module that is loaded exports '$1', nor does the kernel: load that module first, or build the patch with klpcc.mk" },
	{ "^Lockdown: .+: unsigned module loading is restricted", 0,
	  "the kernel is locked down (Secure Boot), and it is not signed: sign it with a key that this kernel trusts" },
	{ "Loading of (.+) is rejected", EKEYREJECTED,
	  "the kernel takes signed modules only (module.sig_enforce), and rejects this $1: sign it with a key that this kernel trusts" },
	{ "^Module % is blacklisted", 0,
	  "module_blacklist on the kernel's command line names it: boot without that" },
	/* errno alone. */
	{ NULL, EBADMSG,
	  "its signature is damaged: sign it again, after everything else" },
	{ NULL, EKEYREJECTED,
	  "its signature is not of this file, which was changed after it was signed: sign it again, after everything else" },
	{ NULL, EPERM,
	  "the kernel loads no modules any more until the next boot (kernel.modules_disabled), or not for this process" },
	{ NULL, EBUSY,
	  "another livepatch is in transition, and the kernel does one at a time: wait for it, see `klpcc list`" },
	{ NULL, ENOEXEC,
	  "this file is not a module for this machine, or it is damaged: copy or build it again" },
};

size_t klpcc_refusal_count(void)
{
	return sizeof(refusals) / sizeof(refusals[0]);
}

/* ---- looking for it --------------------------------------------------------------------- */

/* The pattern with the name of the module, whose letters are none of an expression's. */
static char *fill_in_name(const char *pattern, const char *module)
{
	char *text = NULL;
	size_t size;
	FILE *stream = open_memstream(&text, &size);

	if (!stream)
		return NULL;
	for (; *pattern; pattern++) {
		if (*pattern == '%')
			fputs(module, stream);
		else
			putc(*pattern, stream);
	}
	if (fclose(stream)) {
		free(text);
		return NULL;
	}
	return text;
}

/* *line: the one that fits. */
static bool fits_log(const char *pattern, const struct klpcc_refused *refused,
		     const char **line, regmatch_t *groups)
{
	char *text = fill_in_name(pattern, refused->module);
	regex_t expression;
	bool found = false;

	if (!text || regcomp(&expression, text, REG_EXTENDED)) {
		free(text);
		return false;
	}
	for (size_t i = 0; !found && i < refused->log->count; i++) {
		*line = refused->log->words[i];
		found = !regexec(&expression, *line, GROUPS, groups, 0);
	}
	regfree(&expression);
	free(text);
	return found;
}

/* The first line that is about the module, or of who reads modules; NULL: nothing was said. */
static const char *find_said(const struct klpcc_refused *refused)
{
	size_t length = strlen(refused->module);

	for (size_t i = 0; i < refused->log->count; i++) {
		const char *line = refused->log->words[i];

		if (strstr(line, "taint") || strstr(line, "enabling patch"))
			continue;
		if (!strncmp(line, "livepatch: ", strlen("livepatch: ")) ||
		    !strncmp(line, "module: ", strlen("module: ")) ||
		    (!strncmp(line, refused->module, length) && line[length] == ':'))
			return line;
	}
	return NULL;
}

/* errno alone says it only where nothing else was said. */
static bool fits_code(const struct refusal *refusal, const struct klpcc_refused *refused)
{
	return !find_said(refused) && (refusal->code != EBUSY || refused->busy);
}

static int find(const struct klpcc_refused *refused, const char **line,
		regmatch_t *groups)
{
	for (size_t i = 0; i < klpcc_refusal_count(); i++) {
		const struct refusal *refusal = &refusals[i];

		if (refusal->code && refusal->code != refused->code)
			continue;
		if (refusal->line ? fits_log(refusal->line, refused, line, groups)
				  : fits_code(refusal, refused))
			return (int)i;
	}
	return -1;
}

int klpcc_refusal_find(const struct klpcc_refused *refused)
{
	regmatch_t groups[GROUPS];
	const char *line;

	return find(refused, &line, groups);
}

/* ---- saying it -------------------------------------------------------------------------- */

static void print_text(FILE *stream, const char *text, const char *line,
		       const regmatch_t *groups)
{
	const regmatch_t *group;

	for (; *text; text++) {
		if (*text != '$') {
			putc(*text, stream);
			continue;
		}
		group = &groups[*++text - '0'];
		fprintf(stream, "%.*s", (int)(group->rm_eo - group->rm_so),
			line + group->rm_so);
	}
}

static void print_unknown(FILE *stream, const struct klpcc_refused *refused)
{
	const char *said = find_said(refused);

	if (said)
		fprintf(stream, "the kernel refuses it, and says \"%s\" (%s)", said,
			strerror(refused->code));
	else if (refused->unread)
		fprintf(stream,
			"it is refused (%s), and why cannot be read here: see `dmesg`",
			strerror(refused->code));
	else
		fprintf(stream,
			"it is refused without a word, by its own init or by an install command of modprobe's configuration: %s",
			strerror(refused->code));
}

char *klpcc_refusal_explain(const struct klpcc_refused *refused)
{
	regmatch_t groups[GROUPS];
	const char *line = NULL;
	char *text = NULL;
	size_t size;
	FILE *stream = open_memstream(&text, &size);
	int found;

	if (!stream)
		return NULL;
	found = find(refused, &line, groups);
	if (found < 0)
		print_unknown(stream, refused);
	else
		print_text(stream, refusals[found].text, line, groups);
	if (fclose(stream)) {
		free(text);
		return NULL;
	}
	return text;
}
