// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The progress bar of the tools: see progress.h.
 */
#include "progress.h"

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

static bool silent;

void klpcc_progress_silence(void)
{
	silent = true;
}

void klpcc_progress_begin(struct klpcc_progress *progress, const char *label,
			  size_t total)
{
	const char *terminal = getenv("TERM");

	if (!progress)
		return;
	progress->label = label;
	progress->total = total;
	progress->percent = -1;
	/* The bar is redrawn over itself, which a dumb terminal cannot do. */
	progress->active = !silent && !progress->quiet && total &&
			   isatty(STDERR_FILENO) && terminal && strcmp(terminal, "dumb");
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
	/* ECMA-48 EL: erase to the end of the line. */
	fputs("\r\033[K", stderr);
	fflush(stderr);
	progress->active = false;
}
