/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Original: what the plan says of the kernel's own file, for a unit that is compiled in its place.
 *
 * A declaration that replace.cc turned into one of the kernel's is "taken": the unit has a symbol of
 * the plan for it.
 */
#ifndef KLPCC_ORIGINAL_H
#define KLPCC_ORIGINAL_H

#include "unit.h"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
#include "plan/plan.h"
#pragma GCC diagnostic pop

/* With which kbuild says what a unit is a part of: the kernel's scripts/Makefile.lib. */
static const char *const klpcc_build_macros[] = {
	"KBUILD_MODNAME", "__KBUILD_MODNAME", "KBUILD_BASENAME",
	"KBUILD_MODFILE", "MODULE",
};

/*
 * Reads the plan that the options name, and the functions that plan and options replace. What is
 * wrong with them ends the compiler. Called when the index is open.
 */
void klpcc_original_open(struct klpcc_unit *unit);

/*
 * Gives the unit the macros of the original, in place of those of the module's build. Called before
 * anything is read from the source.
 */
void klpcc_original_set_macros(const struct klpcc_unit *unit);

/*
 * Whether the unit is compiled in place of the original, so that what it does not replace or add
 * is the kernel's.
 */
static inline bool klpcc_original_is_replaced(const struct klpcc_unit *unit)
{
	return unit->options.replace || !unit->replaced.is_empty();
}

/* The function that is replaced, by its label; or NULL. */
struct klpcc_replaced *klpcc_original_replaced(struct klpcc_unit *unit,
					       const char *label);

/* Whether the kernel's file is part of a module. */
bool klpcc_original_in_module(const struct klpcc_unit *unit);

/* The symbol that the kernel has of the file under that label; or NULL. */
const struct klpcc_plan_symbol *klpcc_original_symbol(const struct klpcc_unit *unit,
						      const char *label);

/* The function of the original, by its label; or NULL. */
const struct klpcc_plan_function *klpcc_original_function(const struct klpcc_unit *unit,
							  const char *label);

/* The variable of the original that a static variable of a function is; NULL: it is new. */
const struct klpcc_plan_static *klpcc_original_static(const struct klpcc_unit *unit,
						      tree decl);

/* The variable of the original that one at file scope is; NULL: it is new. */
const struct klpcc_plan_variable *klpcc_original_variable(const struct klpcc_unit *unit,
							  tree decl);

/* Whether the original has the variable, of either kind. */
bool klpcc_original_is_variable(const struct klpcc_unit *unit, tree decl);

/* Notes that a declaration of the unit now means the kernel's symbol. */
void klpcc_original_take(struct klpcc_unit *unit, tree decl,
			 const struct klpcc_plan_symbol *symbol);

/*
 * Fills in what the plan says of an external declaration for which the author says nothing: the
 * symbol of one that is taken; of the file's module, the module itself; and what this module
 * takes from others, which is there when the module is.
 */
void klpcc_original_read(const struct klpcc_unit *unit, tree decl,
			 struct klpcc_request *request);

/* Where several symbols may be meant: chooses the one of the file. False when it has none. */
bool klpcc_original_choose(const struct klpcc_unit *unit, struct klpcc_request *request);

#endif
