/* SPDX-License-Identifier: GPL-2.0-or-later */
/* __KLPCC__ and the attributes can be asked for. */
/* { dg-do preprocess } */

#if __KLPCC__ == 1
the_macro_is_there
#endif
#if __has_attribute(klp_object) && __has_attribute(__klp_used__)
the_attributes_are_there
#endif

/* { dg-final { scan-file macros-3.i {^the_macro_is_there} } } */
/* { dg-final { scan-file macros-3.i {^the_attributes_are_there} } } */
