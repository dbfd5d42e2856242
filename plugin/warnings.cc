// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Warnings: see warnings.h.
 */
#include "warnings.h"

enum level { OFF, WARNING, ERROR };

#define SWITCH "-fplugin-arg-klpcc-"
#define KIND(name, level)                                                 \
	{                                                                 \
		name, SWITCH "no-warn-" name, SWITCH "error-" name, level \
	}

/* What cannot work is an error; what may well be meant so is a warning. */
static struct {
	const char *name;
	const char *off_switch, *error_switch;
	enum level level;
} kinds[KLPCC_WARNINGS] = {
	KIND("clone", WARNING),        KIND("hidden", WARNING),
	KIND("init", ERROR),           KIND("kallsyms-all", WARNING),
	KIND("layout", WARNING),       KIND("module", WARNING),
	KIND("near", WARNING),         KIND("seal", WARNING),
	KIND("seal-unknown", WARNING), KIND("static-key", ERROR),
	KIND("type", WARNING),         KIND("weak", WARNING),
};

static bool set(const char *name, enum level level)
{
	for (auto &kind : kinds)
		if (!strcmp(kind.name, name)) {
			kind.level = level;
			return true;
		}
	return false;
}

static const char *behind(const char *key, const char *prefix)
{
	size_t length = strlen(prefix);

	return strncmp(key, prefix, length) ? NULL : key + length;
}

bool klpcc_warning_switch(const char *key)
{
	if (const char *name = behind(key, "no-warn-"))
		return set(name, OFF);
	if (const char *name = behind(key, "error-"))
		return set(name, ERROR);
	return false;
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
