// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Warnings: see warnings.h.
 */
#include "diagnose.h"
#include "warnings.h"

enum level { OFF, WARNING, ERROR };

#define SWITCH "-fplugin-arg-klpcc-"

static struct {
	const char *name;
	const char *off_switch, *error_switch;
	enum level level;
} kinds[] = {
#define KIND(id, name, level, about) \
	{ name, SWITCH "no-warn-" name, SWITCH "error-" name, level },
	KLPCC_WARNING_LIST(KIND)
#undef KIND
};

static void refuse_switch(const char *key, const char *name)
{
	klpcc_error_unknown_warning(key, name);
#define NOTE(id, name, level, about) klpcc_note_warning(name, about, level == ERROR);
	KLPCC_WARNING_LIST(NOTE)
#undef NOTE
}

static void set_level(const char *key, const char *name, enum level level)
{
	for (auto &kind : kinds)
		if (!strcmp(kind.name, name)) {
			kind.level = level;
			return;
		}
	refuse_switch(key, name);
}

static const char *skip_prefix(const char *key, const char *prefix)
{
	size_t length = strlen(prefix);

	return strncmp(key, prefix, length) ? NULL : key + length;
}

bool klpcc_warning_switch(const char *key)
{
	const char *off = skip_prefix(key, "no-warn-");
	const char *error = skip_prefix(key, "error-");

	if (off)
		set_level(key, off, OFF);
	else if (error)
		set_level(key, error, ERROR);
	return off || error;
}

bool klpcc_warning_is_on(enum klpcc_warning kind)
{
	return kinds[kind].level != OFF;
}

bool klpcc_warning_is_error(enum klpcc_warning kind)
{
	return kinds[kind].level == ERROR;
}

const char *klpcc_warning_option(enum klpcc_warning kind)
{
	return kinds[kind].level == ERROR ? kinds[kind].error_switch
					  : kinds[kind].off_switch;
}
