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

#include "system.h"

#define GROUPS 5

struct refusal {
	/*
	 * What a line of the log is like, as an extended regular expression in which % is the name
	 * of the module. NULL: errno decides.
	 */
	const char *line;
	int code; /* 0: any */
	/* The cause and the way out: $1 to $4 are groups of the line, $M is the module. */
	const char *text;
};

/* The first that fits is the reason. */
static const struct refusal refusals[] = {
	/* The resolver: docs/resolver.md. */
	{ "^klpcc_resolver: %: symbol (.+) of (.+): not found", 0,
	  "this kernel's $2 has no symbol '$1': it was built with the index of another kernel; build it for this one" },
	{ "^klpcc_resolver: %: symbol (.+) of (.+): expected (.*)", 0,
	  "symbol '$1' of $2 was expected $3: it was built with the index of another kernel; build it for this one" },
	{ "^klpcc_resolver: %: symbol (.+) of (.+): .* is not loaded", 0,
	  "it takes '$1' from the module '$2', which is not loaded: load that first" },
	{ "^klpcc_resolver: %: ftrace has been switched off", 0,
	  "ftrace is switched off: run `sysctl kernel.ftrace_enabled=1`" },
	{ "^klpcc_resolver: ftrace is switched off", 0,
	  "ftrace is switched off: run `sysctl kernel.ftrace_enabled=1`" },
	{ "^klpcc_resolver: this kernel's (.+)\\(\\) cannot be hooked", 0,
	  "the resolver cannot redirect '$1': another tool has; unload that, or build the patch with KLPCC_FORM=mainline" },
	{ "^klpcc_resolver: %: the resolver is being unloaded", 0,
	  "the resolver is being unloaded: load the patch again" },
	{ "^klpcc_resolver: %: (.+)", 0,
	  "the resolver refuses it: $1; build it again, with the klpcc that the resolver is of" },
	/* The livepatch core: kernel/livepatch/ */
	{ "^livepatch: symbol '(.+)' not found in symbol table", 0,
	  "this kernel has no symbol '$1': correct .old_name, or build it for this kernel" },
	{ "^livepatch: symbol position ([0-9]+) for symbol '(.+)' in object '(.+)' not found",
	  0,
	  "this kernel's $3 has no '$2' number $1: correct .old_sympos, or build it for this kernel" },
	{ "^livepatch: unresolvable ambiguity for symbol '(.+)' in object '(.+)'", 0,
	  "this kernel's $2 has more than one '$1': choose one with .old_sympos, or klp_sympos() for what the patch uses" },
	{ "^livepatch: failed to find location for function '(.+)'", 0,
	  "ftrace cannot redirect '$1', which is notrace, inlined or assembler code: replace its callers" },
	{ "^livepatch: failed to register ftrace handler for function '(.+)' \\(-16\\)",
	  0, "another tool has redirected '$1': unload that first" },
	{ "^livepatch: failed to register ftrace handler for function '(.+)' \\(-19\\)",
	  0, "ftrace is switched off: run `sysctl kernel.ftrace_enabled=1`" },
	{ "^livepatch: failed to (register ftrace handler|set ftrace filter) for function '(.+)' \\((.+)\\)",
	  0, "ftrace cannot redirect '$2' (error $3): replace its callers" },
	{ "^livepatch: section (.+) has an incorrectly formatted name", 0,
	  "the resolver is not there, or ftrace is switched off: load klpcc_resolver.ko, or build the patch with KLPCC_FORM=mainline" },
	{ "^livepatch: symbol (.+) has an incorrectly formatted name", 0,
	  "symbol '$1' is of no form that this kernel knows: build it again with klpcc" },
	{ "^livepatch: symbol (.+) is not marked as a livepatch symbol", 0,
	  "symbol '$1' is of no form that this kernel knows: build it again with klpcc" },
	{ "^livepatch: invalid access to vmlinux symbol '(.+)' from", 0,
	  "a section for a module uses '$1' of vmlinux, which the kernel itself does not do: build it with KLPCC_FORM=object" },
	{ "^livepatch: Livepatch patch \\(%\\) is not compatible", 0,
	  "a livepatch that is loaded has a state (struct klp_state) that this one does not know: unload that first, or give this one the state" },
	{ "^livepatch: module % is not marked as a livepatch", 0,
	  "it is not marked as a livepatch: add MODULE_INFO(livepatch, \"Y\")" },
	{ "^livepatch: pre-patch callback failed for object '(.+)'", 0,
	  "its pre_patch callback for '$1' returned an error: its author knows why" },
	{ "^livepatch: kallsyms size lookup failed for '(.+)'", 0,
	  "this kernel does not know the size of '$1': replace its callers" },
	/* The module loader: kernel/module/ */
	{ "^%: version magic '(.+)' should be '(.+)'", 0,
	  "it was built for another kernel ('$1'), and this one is '$2': build it for this one" },
	{ "^%: disagrees about version of symbol (.+)", 0,
	  "it was built for another kernel, where '$1' has another type: build it for this one" },
	{ "^%: Unknown symbol (.+) \\(err", 0,
	  "this kernel does not export '$1': build it with klpcc.mk, or load the module that exports it" },
	{ "^%: exports duplicate symbol (.+) \\(owned by (.+)\\)", 0,
	  "it exports '$1', and so does '$2': rename it" },
	{ "^%: module is marked as livepatch module, but livepatch support is disabled",
	  0, "this kernel was built without CONFIG_LIVEPATCH: use another one" },
	{ "[Ll]ockdown: .*unsigned module loading is restricted", 0,
	  "the kernel is locked down (Secure Boot) and takes signed modules only: sign it with a key that this kernel trusts" },
	{ "Loading of (.+) is rejected", EKEYREJECTED,
	  "the kernel takes signed modules only (module.sig_enforce), and this is an $1: sign it with a key that this kernel trusts" },
	{ "Loading of (.+) is rejected", 0,
	  "the kernel takes signed modules only, and this is an $1: sign it with a key that this kernel trusts" },
	{ "^[Mm]odule % is blacklisted", 0,
	  "the kernel's command line says module_blacklist=$M: boot without that" },
	{ "[Oo]verflow in relocation type (.+)", 0,
	  "a value does not fit its place: build it again with klpcc, which checks that" },
	{ "Skipping invalid relocation target", 0,
	  "a place that is to be filled in is not empty: build it again with klpcc" },
	{ "[Uu]nknown (rela )?relocation", 0,
	  "it has a relocation that this kernel does not know: build it again with the kernel's compiler" },
	{ "Invalid (architecture|ELF|module)", ENOEXEC,
	  "this file is not a module for this machine, or it is damaged: copy or build it again" },
	/* errno alone. */
	{ NULL, EEXIST, "a module of that name is loaded already: unload it first" },
	{ NULL, EKEYREJECTED,
	  "its signature is not one that this kernel trusts: sign it with a key that it does" },
	{ NULL, ENOKEY,
	  "it is signed with a key that this kernel does not have: sign it with one that it trusts" },
	{ NULL, EBADMSG,
	  "its signature is damaged: sign it after everything else, or copy it again" },
	{ NULL, EPERM,
	  "the kernel lets nobody load modules (kernel.modules_disabled), or not this process: that stays so until the next boot" },
	{ NULL, EBUSY,
	  "another livepatch is in transition, and the kernel does one at a time: wait for it, see `klpcc list`" },
	{ NULL, ENOEXEC,
	  "this file is not a module for this kernel, or it is damaged: copy or build it again" },
	{ NULL, ENOMEM, "the kernel has no memory for it: free some" },
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

static int find(const struct klpcc_refused *refused, const char **line,
		regmatch_t *groups)
{
	for (size_t i = 0; i < klpcc_refusal_count(); i++) {
		const struct refusal *refusal = &refusals[i];

		if (refusal->code && refusal->code != refused->code)
			continue;
		if (!refusal->line || fits_log(refusal->line, refused, line, groups))
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

static void print_text(FILE *stream, const struct klpcc_refused *refused,
		       const char *text, const char *line, const regmatch_t *groups)
{
	for (; *text; text++) {
		if (*text != '$') {
			putc(*text, stream);
			continue;
		}
		text++;
		if (*text == 'M') {
			fputs(refused->module, stream);
		} else {
			const regmatch_t *group = &groups[*text - '0'];

			fprintf(stream, "%.*s", (int)(group->rm_eo - group->rm_so),
				line + group->rm_so);
		}
	}
}

/* The first line that is about the module, or of who reads modules. */
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

static void print_unknown(FILE *stream, const struct klpcc_refused *refused)
{
	const char *said = find_said(refused);

	if (said)
		fprintf(stream, "the kernel refuses it, and says \"%s\" (%s)", said,
			strerror(refused->code));
	else
		fprintf(stream, "the kernel refuses it: %s; see `dmesg`",
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
		print_text(stream, refused, refusals[found].text, line, groups);
	if (fclose(stream)) {
		free(text);
		return NULL;
	}
	return text;
}
