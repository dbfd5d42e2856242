/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Either can be said, by every way that there is. */
/* { dg-do assemble } */

#pragma klp source("net/ipv6/tcp.c")
extern int exported_twin(void);
#pragma klp reset
#pragma klp object("vmlinux")
extern int by_object(void) asm("of_object")
	__attribute__((klp_name("exported_twin"), klp_sympos(1)));
#pragma klp reset
extern int by_attribute(void) asm("of_attribute")
	__attribute__((klp_name("exported_twin"), klp_source("ipv6/tcp.c")));
extern int by_label(void) asm("\".klp.sym.rela.vmlinux.vmlinux.exported_twin,2\"");

int use(void)
{
	return exported_twin() + by_object() + by_attribute() + by_label();
}

/* { dg-final { scan-relocs {exported_twin\.klp\.vmlinux\.1 } } } */
/* { dg-final { scan-assembler {\.set\texported_twin, exported_twin\.klp\.vmlinux\.2} } } */
/* { dg-final { scan-assembler {\.set\tof_object, exported_twin\.klp\.vmlinux\.1} } } */
/* { dg-final { scan-assembler {\.set\tof_attribute, exported_twin\.klp\.vmlinux\.2} } } */
