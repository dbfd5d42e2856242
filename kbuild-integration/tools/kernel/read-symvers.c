// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reader of Module.symvers: what modpost, and so the build of a patch module, takes as
 * exported. Fields are separated by tabs: CRC, symbol, object, kind of export, namespace.
 */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "klp-name.h"
#include "read-text.h"
#include "lines.h"

#define FIELDS 5
enum { FIELD_CRC, FIELD_SYMBOL, FIELD_OBJECT, FIELD_KIND, FIELD_NAMESPACE };

/* Splits at tabs, in place. The number of fields; FIELDS + 1 when there are more. */
static int split_fields(char *line, char **fields)
{
	int count = 0;

	for (;;) {
		if (count == FIELDS)
			return FIELDS + 1;
		fields[count++] = line;
		line = strchr(line, '\t');
		if (!line)
			return count;
		*line++ = '\0';
	}
}

static bool is_crc(const char *field)
{
	return !strncmp(field, "0x", 2) && field[2] &&
	       strspn(field + 2, "0123456789abcdefABCDEF") == strlen(field + 2);
}

/*
 * "vmlinux", or a module's path without suffix, e.g. "arch/x86/kvm/kvm-intel": the kernel
 * knows the module by its file name with '_' for '-' (KBUILD_MODNAME). Changed in place.
 */
static void object_name(char *name)
{
	const char *slash = strrchr(name, '/');

	if (slash)
		memmove(name, slash + 1, strlen(slash + 1) + 1);
	for (; *name; name++)
		if (*name == '-')
			*name = '_';
}

static struct klpcc_error *parse_kind(const char *kind, bool *gpl)
{
	*gpl = !strcmp(kind, "EXPORT_SYMBOL_GPL");
	if (*gpl || !strcmp(kind, "EXPORT_SYMBOL"))
		return NULL;
	return klpcc_error_new(EINVAL, "'%.64s' is not a kind of export", kind);
}

static struct klpcc_error *add_export(struct klpcc_target *target, char **fields,
				      int count)
{
	struct klpcc_target_export export_ = { .name = fields[FIELD_SYMBOL] };
	char *path = fields[FIELD_OBJECT];
	struct klpcc_error *err;
	uint32_t object;

	if (count > FIELDS)
		return klpcc_error_new(EINVAL, "more than %d fields", FIELDS);
	if (count <= FIELD_KIND)
		return klpcc_error_new(EINVAL, "fewer than %d fields", FIELD_KIND + 1);
	if (!is_crc(fields[FIELD_CRC]))
		return klpcc_error_new(EINVAL, "'%.64s' is not a checksum",
				       fields[FIELD_CRC]);
	export_.crc = (uint32_t)strtoul(fields[FIELD_CRC], NULL, 16);
	if (count > FIELD_NAMESPACE)
		export_.namespace_ = fields[FIELD_NAMESPACE];
	err = parse_kind(fields[FIELD_KIND], &export_.gpl);
	if (err)
		return err;
	object_name(path);
	err = klpcc_target_object(target, path, &object);
	if (err)
		return err;
	return klpcc_target_add_export(target, object, &export_);
}

static struct klpcc_error *read_lines(struct klpcc_target *target,
				      struct klpcc_lines *text)
{
	struct klpcc_error *err;
	char *line;

	while (!(err = klpcc_lines_next(text, &line)) && line) {
		char *fields[FIELDS];
		int count = split_fields(line, fields);

		err = klpcc_lines_prefix(text, add_export(target, fields, count));
		if (err)
			return err;
	}
	return err;
}

struct klpcc_error *klpcc_read_symvers(struct klpcc_target *target, const char *path)
{
	struct klpcc_error *err;
	struct klpcc_lines text;

	err = klpcc_lines_open(path, &text);
	if (err)
		return err;
	err = read_lines(target, &text);
	klpcc_lines_close(&text);
	if (err)
		return err;
	if (!klpcc_target_exports(target, KLPCC_TARGET_VMLINUX))
		return klpcc_error_new(EINVAL, "%s: lists no exports of vmlinux", path);
	klpcc_target_finish_exports(target, KLPCC_TARGET_VMLINUX);
	return NULL;
}
