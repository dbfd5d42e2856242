/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the objects of the module that is loaded call in each other. */
int klpcc_loaded_first(int x);
int klpcc_loaded_second(int x);
