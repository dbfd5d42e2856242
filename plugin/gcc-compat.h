/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The door to GCC: the only file of the plugin that includes GCC's headers, that knows
 * versions of GCC and that knows for which machine the compiler makes code.
 *
 * GCC's plugin interface is the inside of the compiler and changes with every release; this is
 * written for GCC 11 to 16. Their differences end here, so that the other files are written once.
 */
#ifndef KLPCC_GCC_COMPAT_H
#define KLPCC_GCC_COMPAT_H

#include "gcc-plugin.h"
#include "plugin-version.h"

#include "tree.h"
#include "stringpool.h"
#include "attribs.h"
#include "fold-const.h"
#include "gimple.h"
#include "gimple-iterator.h"
#include "gimple-walk.h"
#include "gimplify.h"
#include "cgraph.h"
#include "context.h"
#include "memmodel.h"
#include "c-family/c-common.h"
#include "c-family/c-pragma.h"
#include "c-tree.h"
#include "diagnostic-core.h"
#include "gcc-rich-location.h"
#include "spellcheck.h"
#include "langhooks.h"
#include "output.h"
#include "varasm.h"
#include "target.h"
#include "toplev.h"
#include "opts.h"
#include "tree-pass.h"
#include "basic-block.h"
#include "rtl.h"
#include "emit-rtl.h"
#include "builtins.h"
#include "file-prefix-map.h"
#include "cpplib.h"

#if GCCPLUGIN_VERSION_MAJOR < 11
#error "klpcc needs GCC 11 or later"
#endif

/* "12.2.0": the GCC whose headers these are. */
#define KLPCC_TEXT_OF(number) #number
#define KLPCC_TEXT(macro) KLPCC_TEXT_OF(macro)
#define KLPCC_GCC_VERSION                                       \
	KLPCC_TEXT(GCCPLUGIN_VERSION_MAJOR)                     \
	"." KLPCC_TEXT(GCCPLUGIN_VERSION_MINOR) "." KLPCC_TEXT( \
		GCCPLUGIN_VERSION_PATCHLEVEL)

/* mkdeps.h, which is not among the installed headers. */
extern void deps_add_dep(class mkdeps *deps, const char *file);

/*
 * Only GCC's compilers of the C family have these. Weak, so that another one, such as the
 * link-time lto1, can load the plugin, which then says why it cannot work there.
 */
extern cpp_reader *parse_in __attribute__((weak));
extern const char *pch_file __attribute__((weak));
extern void c_register_pragma(const char *space, const char *name,
			      pragma_handler_1arg handler) __attribute__((weak));
extern void c_register_pragma_with_data(const char *space, const char *name,
					pragma_handler_2arg handler, void *data)
	__attribute__((weak));
extern enum cpp_ttype pragma_lex(tree *value, location_t *location) __attribute__((weak));

/* Whether a macro is defined at the end of the unit. */
static inline bool klpcc_is_macro(const char *name)
{
	tree id = maybe_get_identifier(name);

	return id && cpp_macro_p(CPP_HASHNODE(GCC_IDENT_TO_HT_IDENT(id)));
}

/* The text of a macro without arguments, as it is at the end of the unit; NULL: not defined. */
static inline const char *klpcc_macro_text(const char *name)
{
	tree id = maybe_get_identifier(name);
	const unsigned char *text;

	if (!id || !cpp_macro_p(CPP_HASHNODE(GCC_IDENT_TO_HT_IDENT(id))))
		return NULL;
	text = cpp_macro_definition(parse_in, CPP_HASHNODE(GCC_IDENT_TO_HT_IDENT(id)));
	/* "NAME TEXT" */
	text += strlen(name);
	return reinterpret_cast<const char *>(text + (*text == ' '));
}

/* The value of an enumerator: some releases of GCC have the constant's declaration there. */
static inline int64_t klpcc_enumerator_value(tree entry)
{
	tree value = TREE_VALUE(entry);

	if (TREE_CODE(value) == CONST_DECL)
		value = DECL_INITIAL(value);
	return TREE_CODE(value) == INTEGER_CST ? (int64_t)TREE_INT_CST_LOW(value) : 0;
}

/* The garbage collector's walkers for one `tree` variable (struct ggc_root_tab). */
#define KLPCC_TREE_ROOT(variable)                                       \
	{                                                               \
		&(variable), 1, sizeof(variable), &gt_ggc_mx_tree_node, \
			&gt_pch_nx_tree_node                            \
	}

/*
 * Whether objtool checks the control flow of objects for this machine, as it does for x86: no
 * other machine's options.h defines the macro (config/i386/i386.opt).
 */
#ifdef ix86_isa_flags
#define KLPCC_MACHINE_HAS_OBJTOOL true
#else
#define KLPCC_MACHINE_HAS_OBJTOOL false
#endif

/*
 * Whether a call through a pointer to a function without ENDBR can be a fault (Intel's indirect
 * branch tracking): only x86 has the instruction.
 */
#define KLPCC_MACHINE_HAS_ENDBR KLPCC_MACHINE_HAS_OBJTOOL

/*
 * On s390 vmlinux is too far from a module: addresses must come from the GOT, where each symbol
 * has one slot. No other machine's options.h defines the macro (config/s390/s390.opt). The
 * options that klpcc.mk adds for that; and the first of them that is not in effect, or NULL.
 */
#ifdef s390_pic_data_is_text_relative
#define KLPCC_MACHINE_OPTIONS "-fPIC -mno-pic-data-is-text-relative -fno-section-anchors"
static inline const char *klpcc_missing_option(void)
{
	if (flag_pic != 2)
		return "-fPIC";
	if (s390_pic_data_is_text_relative)
		return "-mno-pic-data-is-text-relative";
	return flag_section_anchors ? "-fno-section-anchors" : NULL;
}
#else
#define KLPCC_MACHINE_OPTIONS ""
static inline const char *klpcc_missing_option(void)
{
	return NULL;
}
#endif

#endif
