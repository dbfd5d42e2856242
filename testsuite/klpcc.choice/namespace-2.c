/* SPDX-License-Identifier: GPL-2.0-or-later */
/* With the import, as MODULE_IMPORT_NS writes it, the loader binds the first; the second it cannot. */
/* { dg-do assemble } */

static const char import[] __attribute__((section(".modinfo"), used)) = "import_ns=SPACE";
static const char other[] __attribute__((section(".modinfo"), used)) = "import_ns=module:m_one";

extern int spaced_function(void);
extern int privileged_function(void);

int use(void)
{
	return spaced_function() + privileged_function();
}

/* { dg-final { scan-symbols {UND spaced_function$} } } */
/* { dg-final { scan-symbols {UND privileged_function\.klp\.vmlinux$} } } */
