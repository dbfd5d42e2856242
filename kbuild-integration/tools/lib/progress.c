// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The progress bar of the tools: see progress.h.
 */
#include "progress.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define BAR_WIDTH 40

/* Columns for the bar: asked for each time, as the window may have another size by now. */
static int bar_width(const struct klpcc_progress *progress)
{
	struct winsize window;
	int rest = (int)strlen(progress->label) + (int)strlen(" [] 100%");

	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &window) < 0 || !window.ws_col)
		return BAR_WIDTH;
	/* Not the last column, from which some terminals go on to the next line. */
	rest = window.ws_col - 1 - rest;
	return rest < 0 ? 0 : rest < BAR_WIDTH ? rest : BAR_WIDTH;
}

/* ECMA-48 EL: to the end of the line. */
static void erase_line(void)
{
	fputs("\r\033[K", stderr);
	fflush(stderr);
}

static bool silent;

void klpcc_progress_silence(void)
{
	silent = true;
}

bool klpcc_progress_is_shown(void)
{
	const char *terminal = getenv("TERM");

	/* What is shown is redrawn over itself, which a dumb terminal cannot do. */
	return !silent && isatty(STDERR_FILENO) && terminal &&
	       strcmp(terminal, "dumb") != 0;
}

void klpcc_progress_begin(struct klpcc_progress *progress, const char *label,
			  size_t total)
{
	if (!progress)
		return;
	progress->label = label;
	progress->total = total;
	progress->percent = -1;
	progress->active = !progress->quiet && total && klpcc_progress_is_shown();
	klpcc_progress_update(progress, 0);
}

void klpcc_progress_update(struct klpcc_progress *progress, size_t done)
{
	char bar[BAR_WIDTH + 1];
	int percent, filled, width;

	if (!progress || !progress->active)
		return;
	percent = (int)((double)done * 100 / (double)progress->total);
	if (percent == progress->percent)
		return;
	progress->percent = percent;
	width = bar_width(progress);
	filled = percent * width / 100;
	memset(bar, ' ', (size_t)width);
	memset(bar, '#', (size_t)filled);
	bar[width] = '\0';
	fprintf(stderr, "\r%s [%s] %3d%%", progress->label, bar, percent);
	fflush(stderr);
}

void klpcc_progress_end(struct klpcc_progress *progress)
{
	if (!progress || !progress->active)
		return;
	erase_line();
	progress->active = false;
}

static bool has_line;

void klpcc_progress_line(const char *format, ...)
{
	va_list args;

	if (!klpcc_progress_is_shown())
		return;
	if (has_line)
		erase_line();
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fflush(stderr);
	has_line = true;
}

void klpcc_progress_end_line(void)
{
	if (has_line)
		erase_line();
	has_line = false;
}
