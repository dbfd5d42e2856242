/* SPDX-License-Identifier: GPL-2.0-or-later */
/* However many there are of a name: the first eight, and how many more. */
/* { dg-do assemble } */

extern int many(void); /* { dg-error "12: 'many' is not unique: 'vmlinux' has 10 symbols of that name" } */
/* { dg-message "12: note: .__attribute__..__klp_sympos__.1.... for the one at 0x" "many 1" { target *-*-* } .-1 } */
/* { dg-message "12: note: .__attribute__..__klp_sympos__.2.... for the one at 0x" "many 2" { target *-*-* } .-2 } */
/* { dg-message "12: note: .__attribute__..__klp_sympos__.3.... for the one at 0x" "many 3" { target *-*-* } .-3 } */
/* { dg-message "12: note: .__attribute__..__klp_sympos__.4.... for the one at 0x" "many 4" { target *-*-* } .-4 } */
/* { dg-message "12: note: .__attribute__..__klp_sympos__.5.... for the one at 0x" "many 5" { target *-*-* } .-5 } */
/* { dg-message "12: note: .__attribute__..__klp_sympos__.6.... for the one at 0x" "many 6" { target *-*-* } .-6 } */
/* { dg-message "12: note: .__attribute__..__klp_sympos__.7.... for the one at 0x" "many 7" { target *-*-* } .-7 } */
/* { dg-message "12: note: .__attribute__..__klp_sympos__.8.... for the one at 0x" "many 8" { target *-*-* } .-8 } */
/* { dg-message "12: note: and 2 others" "the rest" { target *-*-* } .-9 } */
/* { dg-message "12: note: the index does not know their source files" "sources" { target *-*-* } .-10 } */
extern int nine(void) __attribute__((klp_sympos(10))); /* { dg-error "12: there is no 'nine' at position 10: 'vmlinux' has 9 of that name" } */
/* { dg-message "12: note: .__attribute__..__klp_sympos__.1.... for the one at 0x" "nine 1" { target *-*-* } .-1 } */
/* { dg-message "12: note: .__attribute__..__klp_sympos__.2.... for the one at 0x" "nine 2" { target *-*-* } .-2 } */
/* { dg-message "12: note: .__attribute__..__klp_sympos__.3.... for the one at 0x" "nine 3" { target *-*-* } .-3 } */
/* { dg-message "12: note: .__attribute__..__klp_sympos__.4.... for the one at 0x" "nine 4" { target *-*-* } .-4 } */
/* { dg-message "12: note: .__attribute__..__klp_sympos__.5.... for the one at 0x" "nine 5" { target *-*-* } .-5 } */
/* { dg-message "12: note: .__attribute__..__klp_sympos__.6.... for the one at 0x" "nine 6" { target *-*-* } .-6 } */
/* { dg-message "12: note: .__attribute__..__klp_sympos__.7.... for the one at 0x" "nine 7" { target *-*-* } .-7 } */
/* { dg-message "12: note: .__attribute__..__klp_sympos__.8.... for the one at 0x" "nine 8" { target *-*-* } .-8 } */
/* { dg-message "12: note: and 1 other" "the rest" { target *-*-* } .-9 } */
/* { dg-message "12: note: the index does not know their source files" "sources" { target *-*-* } .-10 } */
extern int labelled(void) __asm__("\".klp.sym.rela.vmlinux.vmlinux.nine,0\""); /* { dg-error "12: 'nine' is not unique" } */
/* { dg-message "12: note: .*,1. at the end of the name for the one at 0x" "labelled 1" { target *-*-* } .-1 } */
/* { dg-message "12: note: .*,2. at the end of the name for the one at 0x" "labelled 2" { target *-*-* } .-2 } */
/* { dg-message "12: note: .*,3. at the end of the name for the one at 0x" "labelled 3" { target *-*-* } .-3 } */
/* { dg-message "12: note: .*,4. at the end of the name for the one at 0x" "labelled 4" { target *-*-* } .-4 } */
/* { dg-message "12: note: .*,5. at the end of the name for the one at 0x" "labelled 5" { target *-*-* } .-5 } */
/* { dg-message "12: note: .*,6. at the end of the name for the one at 0x" "labelled 6" { target *-*-* } .-6 } */
/* { dg-message "12: note: .*,7. at the end of the name for the one at 0x" "labelled 7" { target *-*-* } .-7 } */
/* { dg-message "12: note: .*,8. at the end of the name for the one at 0x" "labelled 8" { target *-*-* } .-8 } */
/* { dg-message "12: note: and 1 other" "the rest" { target *-*-* } .-9 } */
extern int spread(void); /* { dg-warning "12: 'spread' is not in vmlinux but in a module that this file does not declare it patches" } */
/* { dg-message "12: note: .__attribute__..__klp_object__.\"m_01\".... for the one in 'm_01'" "spread 1" { target *-*-* } .-1 } */
/* { dg-message "12: note: .__attribute__..__klp_object__.\"m_02\".... for the one in 'm_02'" "spread 2" { target *-*-* } .-2 } */
/* { dg-message "12: note: .__attribute__..__klp_object__.\"m_03\".... for the one in 'm_03'" "spread 3" { target *-*-* } .-3 } */
/* { dg-message "12: note: .__attribute__..__klp_object__.\"m_04\".... for the one in 'm_04'" "spread 4" { target *-*-* } .-4 } */
/* { dg-message "12: note: .__attribute__..__klp_object__.\"m_05\".... for the one in 'm_05'" "spread 5" { target *-*-* } .-5 } */
/* { dg-message "12: note: .__attribute__..__klp_object__.\"m_06\".... for the one in 'm_06'" "spread 6" { target *-*-* } .-6 } */
/* { dg-message "12: note: .__attribute__..__klp_object__.\"m_07\".... for the one in 'm_07'" "spread 7" { target *-*-* } .-7 } */
/* { dg-message "12: note: .__attribute__..__klp_object__.\"m_08\".... for the one in 'm_08'" "spread 8" { target *-*-* } .-8 } */
/* { dg-message "12: note: and 2 others" "the rest" { target *-*-* } .-9 } */
extern int elsewhere(void) __attribute__((klp_name("spread"), klp_object("some_module"))); /* { dg-error "12: 'some_module' has no symbol 'spread'" } */
/* { dg-message "12: note: 'm_01' has a symbol 'spread'" "elsewhere 1" { target *-*-* } .-1 } */
/* { dg-message "12: note: 'm_02' has a symbol 'spread'" "elsewhere 2" { target *-*-* } .-2 } */
/* { dg-message "12: note: 'm_03' has a symbol 'spread'" "elsewhere 3" { target *-*-* } .-3 } */
/* { dg-message "12: note: 'm_04' has a symbol 'spread'" "elsewhere 4" { target *-*-* } .-4 } */
/* { dg-message "12: note: 'm_05' has a symbol 'spread'" "elsewhere 5" { target *-*-* } .-5 } */
/* { dg-message "12: note: 'm_06' has a symbol 'spread'" "elsewhere 6" { target *-*-* } .-6 } */
/* { dg-message "12: note: 'm_07' has a symbol 'spread'" "elsewhere 7" { target *-*-* } .-7 } */
/* { dg-message "12: note: 'm_08' has a symbol 'spread'" "elsewhere 8" { target *-*-* } .-8 } */
/* { dg-message "12: note: and 2 others" "the rest" { target *-*-* } .-9 } */
extern int cloned(void); /* { dg-warning "12: the target has no 'cloned', only variants that GCC derived from it" } */
/* { dg-message "12: note: the target has 'cloned.constprop.0'" "cloned 0" { target *-*-* } .-1 } */
/* { dg-message "12: note: the target has 'cloned.constprop.1'" "cloned 1" { target *-*-* } .-2 } */
/* { dg-message "12: note: the target has 'cloned.constprop.2'" "cloned 2" { target *-*-* } .-3 } */
/* { dg-message "12: note: the target has 'cloned.constprop.3'" "cloned 3" { target *-*-* } .-4 } */
/* { dg-message "12: note: the target has 'cloned.constprop.4'" "cloned 4" { target *-*-* } .-5 } */
/* { dg-message "12: note: the target has 'cloned.constprop.5'" "cloned 5" { target *-*-* } .-6 } */
/* { dg-message "12: note: the target has 'cloned.constprop.6'" "cloned 6" { target *-*-* } .-7 } */
/* { dg-message "12: note: the target has 'cloned.constprop.7'" "cloned 7" { target *-*-* } .-8 } */
/* { dg-message "12: note: and 2 others" "the rest" { target *-*-* } .-9 } */

int use(void)
{
	return many() + nine() + labelled() + spread() + elsewhere() + cloned();
}
