/* SPDX-License-Identifier: GPL-2.0-or-later */
struct pair {
	long left;
};
