// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Noreturn: see noreturn.h.
 *
 * objtool knows by name which of the kernel's functions never return. It does not know the name
 * of a marked one, so it takes the instruction after a call to it for reachable, and warns that
 * the function falls through. An entry in .discard.unreachable with the address after the call
 * tells it better, as the kernel's own unreachable() does up to 6.1. It adds no byte to the code,
 * and the module's link drops the section. The objtool of 6.12 does not read such a list and
 * warns all the same; the code is right there, too.
 *
 * The pass is the last one before the text is written and only adds labels: the note of a deleted
 * label is printed as a label and has no effect on lengths or alignment. emit.cc writes the
 * entries. To see it at work: -fdump-rtl-klpcc_noreturn.
 */
#include "noreturn.h"

static bool is_dead_end(const struct klpcc_unit *unit, const rtx_insn *insn)
{
	const struct klpcc_extern *entry;
	rtx call, callee;

	if (!CALL_P(insn) || SIBLING_CALL_P(insn) ||
	    !find_reg_note(insn, REG_NORETURN, NULL_RTX))
		return false;
	call = get_call_rtx_from(insn);
	callee = call ? XEXP(XEXP(call, 0), 0) : NULL_RTX;
	if (!callee || GET_CODE(callee) != SYMBOL_REF)
		return false;
	entry = klpcc_unit_find(unit, XSTR(callee, 0));
	return entry && entry->verdict.kind == KLPCC_VERDICT_MARK;
}

static void add_label(struct klpcc_unit *unit, rtx_insn *call)
{
	rtx_code_label *label = gen_label_rtx();

	emit_label_after(label, call);
	/* Deleting a label that must keep its name leaves the note. */
	LABEL_PRESERVE_P(label) = 1;
	unit->dead_ends.safe_push(CODE_LABEL_NUMBER(label));
	delete_insn(label);
}

static const struct pass_data pass_description = {
	RTL_PASS, "klpcc_noreturn", OPTGROUP_NONE, TV_NONE, 0, 0, 0, 0, 0,
};

class noreturn_pass : public rtl_opt_pass {
      public:
	noreturn_pass(struct klpcc_unit *of) : rtl_opt_pass(pass_description, g), unit(of)
	{
	}

	unsigned int execute(function *) override
	{
		for (rtx_insn *insn = get_insns(); insn; insn = NEXT_INSN(insn))
			if (is_dead_end(unit, insn))
				add_label(unit, insn);
		return 0;
	}

      private:
	struct klpcc_unit *unit;
};

void klpcc_noreturn_register(struct klpcc_unit *unit)
{
	static struct register_pass_info info = {
		NULL,
		"final",
		1,
		PASS_POS_INSERT_BEFORE,
	};

	if (!KLPCC_MACHINE_HAS_OBJTOOL)
		return;
	info.pass = new noreturn_pass(unit);
	register_callback(unit->options.plugin_name, PLUGIN_PASS_MANAGER_SETUP, NULL,
			  &info);
}
