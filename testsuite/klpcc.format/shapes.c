// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * One line for each shape of a name, good or malformed: what every parser says to it. The
 * names are those that people and tools may really meet, and the ones made to confuse.
 */
#include "names.h"

/* How far a parse went: an error, or the parts joined as symbol|object|sympos|gate. */
struct shape {
	const char *name;
	int error;
	const char *parts;
};

typedef int (*ref_parser)(const char *name, size_t len, struct klpcc_ref *ret);
typedef int (*section_parser)(const char *name, size_t len,
			      struct klpcc_section_name *ret);

#define BAD(reason) -KLPCC_NAME_##reason, NULL

static const struct shape marks[] = {
	{ "cmdline_proc_show.klp.vmlinux", 0, "cmdline_proc_show|vmlinux|0|vmlinux" },
	{ "foo.isra.0.klp.vmlinux", 0, "foo.isra.0|vmlinux|0|vmlinux" },
	{ "foo.constprop.0.isra.2.klp.kvm.3", 0, "foo.constprop.0.isra.2|kvm|3|kvm" },
	{ "foo.klp.vmlinux.1", 0, "foo|vmlinux|1|vmlinux" },
	{ "foo.klp.vmlinux.10", 0, "foo|vmlinux|10|vmlinux" },
	{ "foo.klp.vmlinux.4294967295", 0, "foo|vmlinux|4294967295|vmlinux" },
	{ "foo.klp.vmlinux.for.kvm_intel", 0, "foo|vmlinux|0|kvm_intel" },
	{ "foo.klp.vmlinux.2.for.kvm_intel", 0, "foo|vmlinux|2|kvm_intel" },
	{ "foo.klp.kvm.7.for.vmlinux", 0, "foo|kvm|7|vmlinux" },
	{ "$x.klp.vmlinux", 0, "$x|vmlinux|0|vmlinux" },
	{ ".L0$.klp.vmlinux", 0, ".L0$|vmlinux|0|vmlinux" },
	{ "f.klp._", 0, "f|_|0|_" },
	/* Modules whose names look like something else. */
	{ "serial8250_interrupts.klp.8250", 0, "serial8250_interrupts|8250|0|8250" },
	{ "f.klp.8250.2", 0, "f|8250|2|8250" },
	{ "f.klp.vmlinux.for.8250", 0, "f|vmlinux|0|8250" },
	{ "f.klp.for", 0, "f|for|0|for" },
	{ "f.klp.for.1", 0, "f|for|1|for" },
	{ "f.klp.for.for.m", 0, "f|for|0|m" },
	{ "f.klp.m.for.for", 0, "f|m|0|for" },
	{ "f.klp.for.3.for.for2", 0, "f|for|3|for2" },
	{ "f.klp.klp", 0, "f|klp|0|klp" },
	{ "f.klp.m.for.klp", 0, "f|m|0|klp" },
	{ "f.klp.sym", 0, "f|sym|0|sym" },
	{ "f.klp.rela.1", 0, "f|rela|1|rela" },
	{ "f.klp.vmlinux.for.rela", 0, "f|vmlinux|0|rela" },
	/* Symbols that hold the words of a mark. */
	{ "a.klp.b.klp.m", 0, "a.klp.b|m|0|m" },
	{ "a.klp.m.1.klp.n.2", 0, "a.klp.m.1|n|2|n" },
	{ "a.klp.klp.m", 0, "a.klp|m|0|m" },
	{ "a.klp.klp.1", 0, "a.klp|1|0|1" },
	{ "a.klp.m.for.b.klp.n", 0, "a.klp.m.for.b|n|0|n" },
	{ "a.for.b.klp.m", 0, "a.for.b|m|0|m" },
	{ "klp.klp.m", 0, "klp|m|0|m" },
	{ "klp.sym.klp.m", 0, "klp.sym|m|0|m" },
	{ "a.klp..klp.m", 0, "a.klp.|m|0|m" },
	{ "..klp.m", 0, ".|m|0|m" },
	/* Not marks at all. */
	{ "", BAD(NOT_OURS) },
	{ "f", BAD(NOT_OURS) },
	{ "printk", BAD(NOT_OURS) },
	{ ".klp", BAD(NOT_OURS) },
	{ "f.klp", BAD(NOT_OURS) },
	{ "fklp.m", BAD(NOT_OURS) },
	{ "f.klpm", BAD(NOT_OURS) },
	{ "f.KLP.m", BAD(NOT_OURS) },
	{ "klp.m", BAD(NOT_OURS) },
	{ ".klp.sym.vmlinux.foo,1", BAD(NOT_OURS) },
	{ ".klp.sym.rela.vmlinux.vmlinux.foo,1", BAD(NOT_OURS) },
	{ ".klp.sym.foo.klp.vmlinux", BAD(NOT_OURS) },
	{ ".klp.sym.", BAD(NOT_OURS) },
	/* Malformed. */
	{ "a.klp.klp.for.m", BAD(BAD_SYMPOS) },
	{ ".klp.", BAD(NO_SYMBOL) },
	{ ".klp.vmlinux", BAD(NO_SYMBOL) },
	{ ".klp.sym", BAD(NO_SYMBOL) },
	{ ".klp.rela.vmlinux..text", BAD(NO_SYMBOL) },
	{ ".klp.foo.klp.vmlinux", BAD(BAD_SYMBOL) },
	{ ".klp.klp.m", 0, ".klp|m|0|m" },
	{ "a,b.klp.m", BAD(BAD_SYMBOL) },
	{ "a@b.klp.m", BAD(BAD_SYMBOL) },
	{ "a b.klp.m", BAD(BAD_SYMBOL) },
	{ "\"a\".klp.m", BAD(BAD_SYMBOL) },
	{ "a\n.klp.m", BAD(BAD_SYMBOL) },
	{ "f\303\251.klp.m", BAD(BAD_SYMBOL) },
	{ "f.klp.", BAD(NO_OBJECT) },
	{ "f.klp..1", BAD(NO_OBJECT) },
	{ "f.klp..for.m", BAD(NO_OBJECT) },
	{ "f.klp.kvm-intel", BAD(BAD_OBJECT) },
	{ "f.klp.a,b", BAD(BAD_OBJECT) },
	{ "f.klp.a$", BAD(BAD_OBJECT) },
	{ "f.klp.m ", BAD(BAD_OBJECT) },
	{ "f.klp.m@@V", BAD(BAD_OBJECT) },
	{ "f.klp.m.", BAD(BAD_SYMPOS) },
	{ "f.klp.m..", BAD(BAD_SYMPOS) },
	{ "f.klp.m.0", BAD(BAD_SYMPOS) },
	{ "f.klp.m.00", BAD(BAD_SYMPOS) },
	{ "f.klp.m.01", BAD(BAD_SYMPOS) },
	{ "f.klp.m.-1", BAD(BAD_SYMPOS) },
	{ "f.klp.m.+1", BAD(BAD_SYMPOS) },
	{ "f.klp.m. 1", BAD(BAD_SYMPOS) },
	{ "f.klp.m.1 ", BAD(BAD_SYMPOS) },
	{ "f.klp.m.0x1", BAD(BAD_SYMPOS) },
	{ "f.klp.m.1a", BAD(BAD_SYMPOS) },
	{ "f.klp.m.4294967296", BAD(BAD_SYMPOS) },
	{ "f.klp.m.9999999999", BAD(BAD_SYMPOS) },
	{ "f.klp.m.10000000000", BAD(BAD_SYMPOS) },
	{ "f.klp.m.18446744073709551617", BAD(BAD_SYMPOS) },
	{ "f.klp.m.0.for.g", BAD(BAD_SYMPOS) },
	{ "f.klp.m..for.g", BAD(BAD_SYMPOS) },
	{ "f.klp.m.fo.g", BAD(BAD_SYMPOS) },
	{ "f.klp.m.forg", BAD(BAD_SYMPOS) },
	{ "f.klp.m.FOR.g", BAD(BAD_SYMPOS) },
	{ "f.klp.kvm.intel", BAD(BAD_SYMPOS) },
	{ "f.klp.m.1.", BAD(TRAILING) },
	{ "f.klp.m.1.2", BAD(TRAILING) },
	{ "f.klp.m.1.x", BAD(TRAILING) },
	{ "f.klp.m.1.forg", BAD(TRAILING) },
	{ "f.klp.m.for", BAD(BAD_GATE) },
	{ "f.klp.m.for.", BAD(BAD_GATE) },
	{ "f.klp.m.1.for", BAD(BAD_GATE) },
	{ "f.klp.m.1.for.", BAD(BAD_GATE) },
	{ "f.klp.m.for.m", BAD(BAD_GATE) },
	{ "f.klp.m.1.for.m", BAD(BAD_GATE) },
	{ "f.klp.m.for.kvm-intel", BAD(BAD_GATE) },
	{ "f.klp.m.for.g$", BAD(BAD_GATE) },
	{ "f.klp.m.for.g.for.h", BAD(BAD_GATE) },
	{ "f.klp.m.for.g.1", BAD(TRAILING) },
	{ "f.klp.m.for.g.", BAD(TRAILING) },
	{ "f.klp.m.for.g.for", BAD(TRAILING) },
};

static const struct shape object_symbols[] = {
	{ "foo.klp.vmlinux", 0, "foo|vmlinux|0|vmlinux" },
	{ "foo.isra.0.klp.kvm_intel", 0, "foo.isra.0|kvm_intel|0|kvm_intel" },
	{ "a.klp.m.1.klp.n", 0, "a.klp.m.1|n|0|n" },
	{ "f.klp.klp", 0, "f|klp|0|klp" },
	{ "f.klp.rela", 0, "f|rela|0|rela" },
	{ "f.klp.8250", 0, "f|8250|0|8250" },
	{ "foo", BAD(NOT_OURS) },
	{ "", BAD(NOT_OURS) },
	{ ".klp.sym.vmlinux.foo,1", BAD(NOT_OURS) },
	{ ".klp.tombstone.foo", BAD(NOT_OURS) },
	{ ".klp.tombstone.foo.isra.0", BAD(NOT_OURS) },
	{ "x.klp.tombstone", 0, "x|tombstone|0|tombstone" },
	{ ".klp.vmlinux", BAD(NO_SYMBOL) },
	{ "f,1.klp.m", BAD(BAD_SYMBOL) },
	{ "f.klp.", BAD(NO_OBJECT) },
	{ "f.klp.kvm-intel", BAD(BAD_OBJECT) },
	{ "f.klp.m.", BAD(TRAILING) },
	{ "f.klp.m.1", BAD(TRAILING) },
	{ "f.klp.m.for.g", BAD(TRAILING) },
};

static const struct shape mainline_symbols[] = {
	{ ".klp.sym.vmlinux.printk,0", 0, "printk|vmlinux|0|vmlinux" },
	{ ".klp.sym.vmlinux.foo.isra.0,3", 0, "foo.isra.0|vmlinux|3|vmlinux" },
	{ ".klp.sym.kvm_intel.f,4294967295", 0, "f|kvm_intel|4294967295|kvm_intel" },
	{ ".klp.sym.sym.f,0", 0, "f|sym|0|sym" },
	{ ".klp.sym.klp.f,1", 0, "f|klp|1|klp" },
	{ ".klp.sym.rel.f,1", 0, "f|rel|1|rel" },
	{ ".klp.sym.relay.f,1", 0, "f|relay|1|relay" },
	{ ".klp.sym.m..f,1", 0, ".f|m|1|m" },
	{ ".klp.sym.m.a.klp.n,1", 0, "a.klp.n|m|1|m" },
	{ "", BAD(NOT_OURS) },
	{ "foo", BAD(NOT_OURS) },
	{ ".klp.sym", BAD(NOT_OURS) },
	{ ".klp.symvmlinux.f,0", BAD(NOT_OURS) },
	{ "x.klp.sym.vmlinux.f,0", BAD(NOT_OURS) },
	{ "foo.klp.vmlinux", BAD(NOT_OURS) },
	/* A module called rela has no mainline symbols: the prefix is the foreign mark's. */
	{ ".klp.sym.rela.f,0", BAD(NOT_OURS) },
	{ ".klp.sym.rela.vmlinux.vmlinux.f,0", BAD(NOT_OURS) },
	{ ".klp.sym.rela.", BAD(NOT_OURS) },
	{ ".klp.sym.", BAD(NO_OBJECT) },
	{ ".klp.sym.,0", BAD(NO_OBJECT) },
	{ ".klp.sym..f,0", BAD(NO_OBJECT) },
	{ ".klp.sym.a-b.f,0", BAD(BAD_OBJECT) },
	{ ".klp.sym.a,b.f,0", BAD(BAD_OBJECT) },
	{ ".klp.sym.vmlinux", BAD(NO_SYMBOL) },
	{ ".klp.sym.vmlinux.", BAD(NO_SYMBOL) },
	{ ".klp.sym.vmlinux,0", BAD(NO_SYMBOL) },
	{ ".klp.sym.vmlinux.,0", BAD(NO_SYMBOL) },
	{ ".klp.sym.vmlinux.a,b,0", BAD(BAD_SYMBOL) },
	{ ".klp.sym.vmlinux.f,0,", BAD(BAD_SYMBOL) },
	{ ".klp.sym.vmlinux.a b,0", BAD(BAD_SYMBOL) },
	{ ".klp.sym.vmlinux..klp.f,0", BAD(BAD_SYMBOL) },
	{ ".klp.sym.vmlinux.f", BAD(BAD_SYMPOS) },
	{ ".klp.sym.vmlinux.f,", BAD(BAD_SYMPOS) },
	{ ".klp.sym.vmlinux.f,00", BAD(BAD_SYMPOS) },
	{ ".klp.sym.vmlinux.f,01", BAD(BAD_SYMPOS) },
	{ ".klp.sym.vmlinux.f,-1", BAD(BAD_SYMPOS) },
	{ ".klp.sym.vmlinux.f,1 ", BAD(BAD_SYMPOS) },
	{ ".klp.sym.vmlinux.f,1x", BAD(BAD_SYMPOS) },
	{ ".klp.sym.vmlinux.f,4294967296", BAD(BAD_SYMPOS) },
};

static const struct shape foreign_marks[] = {
	{ ".klp.sym.rela.vmlinux.vmlinux.foo,0", 0, "foo|vmlinux|0|vmlinux" },
	{ ".klp.sym.rela.kvm.vmlinux.foo,2", 0, "foo|vmlinux|2|kvm" },
	{ ".klp.sym.rela.kvm.kvm.foo.isra.0,1", 0, "foo.isra.0|kvm|1|kvm" },
	{ ".klp.sym.rela.rela.rela.rela,0", 0, "rela|rela|0|rela" },
	{ ".klp.sym.rela.klp.sym.f,0", 0, "f|sym|0|klp" },
	{ "", BAD(NOT_OURS) },
	{ "foo", BAD(NOT_OURS) },
	{ "foo.klp.vmlinux", BAD(NOT_OURS) },
	{ ".klp.sym.rela", BAD(NOT_OURS) },
	{ ".klp.sym.vmlinux.foo,0", BAD(NOT_OURS) },
	{ ".klp.sym.relay.vmlinux.foo,0", BAD(NOT_OURS) },
	{ ".klp.sym.rela.", BAD(BAD_GATE) },
	{ ".klp.sym.rela..vmlinux.f,0", BAD(BAD_GATE) },
	{ ".klp.sym.rela.a-b.vmlinux.f,0", BAD(BAD_GATE) },
	{ ".klp.sym.rela.f,0", BAD(BAD_GATE) },
	{ ".klp.sym.rela.vmlinux", BAD(NO_OBJECT) },
	{ ".klp.sym.rela.vmlinux.", BAD(NO_OBJECT) },
	{ ".klp.sym.rela.vmlinux..f,0", BAD(NO_OBJECT) },
	{ ".klp.sym.rela.vmlinux.a-b.f,0", BAD(BAD_OBJECT) },
	{ ".klp.sym.rela.vmlinux.f,0", BAD(NO_SYMBOL) },
	{ ".klp.sym.rela.vmlinux.m.,0", BAD(NO_SYMBOL) },
	{ ".klp.sym.rela.vmlinux.m.a,b,0", BAD(BAD_SYMBOL) },
	{ ".klp.sym.rela.vmlinux.m.f", BAD(BAD_SYMPOS) },
	{ ".klp.sym.rela.vmlinux.m.f,", BAD(BAD_SYMPOS) },
	{ ".klp.sym.rela.vmlinux.m.f,01", BAD(BAD_SYMPOS) },
	{ ".klp.sym.rela.vmlinux.m.f,4294967296", BAD(BAD_SYMPOS) },
};

/* parts: gate|section */
static const struct shape object_sections[] = {
	{ ".klp.vmlinux.rela..text", 0, "vmlinux|.text" },
	{ ".klp.vmlinux.rela..text.unlikely", 0, "vmlinux|.text.unlikely" },
	{ ".klp.kvm.rela.__jump_table", 0, "kvm|__jump_table" },
	{ ".klp.kvm.rela..rela.text", 0, "kvm|.rela.text" },
	{ ".klp.kvm.rela.a b", 0, "kvm|a b" },
	{ ".klp.sym.rela..text", 0, "sym|.text" },
	{ ".klp.klp.rela..text", 0, "klp|.text" },
	{ ".klp.relay.rela..text", 0, "relay|.text" },
	{ "", BAD(NOT_OURS) },
	{ ".klp", BAD(NOT_OURS) },
	{ ".text", BAD(NOT_OURS) },
	{ ".rela.text", BAD(NOT_OURS) },
	{ "x.klp.vmlinux.rela..text", BAD(NOT_OURS) },
	{ ".klp.rela.vmlinux..text", BAD(NOT_OURS) },
	/* Gate rela: reads alike in both forms, and is the mainline form's. */
	{ ".klp.rela.rela..text", BAD(NOT_OURS) },
	{ ".klp.rela.", BAD(NOT_OURS) },
	{ ".klp.", BAD(BAD_GATE) },
	{ ".klp..rela..text", BAD(BAD_GATE) },
	{ ".klp.a-b.rela..text", BAD(BAD_GATE) },
	{ ".klp.vmlinux", BAD(NO_SECTION) },
	{ ".klp.rela", BAD(NO_SECTION) },
	{ ".klp.vmlinux.rela", BAD(NO_SECTION) },
	{ ".klp.vmlinux.rela.", BAD(NO_SECTION) },
	{ ".klp.vmlinux..text", BAD(NO_SECTION) },
	{ ".klp.vmlinux.text", BAD(NO_SECTION) },
	{ ".klp.arch.vmlinux..altinstructions", BAD(NO_SECTION) },
	{ ".klp.vmlinux.rela..te\nxt", BAD(BAD_SECTION) },
	{ ".klp.vmlinux.rela.\177", BAD(BAD_SECTION) },
};

static const struct shape mainline_sections[] = {
	{ ".klp.rela.vmlinux..text", 0, "vmlinux|.text" },
	{ ".klp.rela.kvm.__jump_table", 0, "kvm|__jump_table" },
	{ ".klp.rela.kvm.text", 0, "kvm|text" },
	{ ".klp.rela.rela..text", 0, "rela|.text" },
	{ ".klp.rela.rela.rela..text", 0, "rela|rela..text" },
	{ ".klp.rela.vmlinux.\303\251", 0, "vmlinux|\303\251" },
	{ "", BAD(NOT_OURS) },
	{ ".text", BAD(NOT_OURS) },
	{ ".klp.rela", BAD(NOT_OURS) },
	{ ".klp.relay.x", BAD(NOT_OURS) },
	{ ".klp.vmlinux.rela..text", BAD(NOT_OURS) },
	{ ".klp.sym.rela..text", BAD(NOT_OURS) },
	{ ".klp.rela.", BAD(BAD_GATE) },
	{ ".klp.rela..text", BAD(BAD_GATE) },
	{ ".klp.rela.a-b..text", BAD(BAD_GATE) },
	{ ".klp.rela.vmlinux", BAD(NO_SECTION) },
	{ ".klp.rela.vmlinux.", BAD(NO_SECTION) },
	{ ".klp.rela.vmlinux.\t", BAD(BAD_SECTION) },
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void run_refs(const char *title, ref_parser parse, const struct shape *shape,
		     size_t count)
{
	char parts[256];

	test_begin(title);
	for (; count > 0; count--, shape++) {
		size_t len = strlen(shape->name);
		char *name = copy_exactly(shape->name, len);
		struct klpcc_ref ref, before;
		int err;

		memset(&before, 0x5a, sizeof(before));
		ref = before;
		err = parse(name, len, &ref);
		check(err == shape->error, "'%s': '%s', expected '%s'", shape->name,
		      klpcc_name_strerror(err), klpcc_name_strerror(shape->error));
		if (err) {
			check(memcmp(&ref, &before, sizeof(ref)) == 0,
			      "'%s': result touched", shape->name);
		} else if (shape->parts) {
			snprintf(parts, sizeof(parts), "%.*s|%.*s|%u|%.*s",
				 (int)ref.symbol.len, ref.symbol.start,
				 (int)ref.object.len, ref.object.start, ref.sympos,
				 (int)ref.gate.len, ref.gate.start);
			check(strcmp(parts, shape->parts) == 0, "'%s': %s, expected %s",
			      shape->name, parts, shape->parts);
		}
		free(name);
	}
	test_end();
}

static void run_sections(const char *title, section_parser parse,
			 const struct shape *shape, size_t count)
{
	char parts[256];

	test_begin(title);
	for (; count > 0; count--, shape++) {
		size_t len = strlen(shape->name);
		char *name = copy_exactly(shape->name, len);
		struct klpcc_section_name section, before;
		int err;

		memset(&before, 0x5a, sizeof(before));
		section = before;
		err = parse(name, len, &section);
		check(err == shape->error, "'%s': '%s', expected '%s'", shape->name,
		      klpcc_name_strerror(err), klpcc_name_strerror(shape->error));
		if (err) {
			check(memcmp(&section, &before, sizeof(section)) == 0,
			      "'%s': result touched", shape->name);
		} else if (shape->parts) {
			snprintf(parts, sizeof(parts), "%.*s|%.*s", (int)section.gate.len,
				 section.gate.start, (int)section.section.len,
				 section.section.start);
			check(strcmp(parts, shape->parts) == 0, "'%s': %s, expected %s",
			      shape->name, parts, shape->parts);
		}
		free(name);
	}
	test_end();
}

/* A NUL inside the given length is a bad byte like any other, never the name's end. */
static void embedded_nul(void)
{
	struct klpcc_section_name section;
	struct klpcc_ref ref;

	test_begin("a NUL inside a name");
	check(klpcc_mark_parse("a\0b.klp.m", 9, &ref) == -KLPCC_NAME_BAD_SYMBOL,
	      "symbol");
	check(klpcc_mark_parse("a.klp.m\0", 8, &ref) == -KLPCC_NAME_BAD_OBJECT, "object");
	check(klpcc_mark_parse("a.klp.m.1\0", 10, &ref) == -KLPCC_NAME_BAD_SYMPOS,
	      "sympos");
	check(klpcc_mark_parse("a.klp.m.for.g\0", 14, &ref) == -KLPCC_NAME_BAD_GATE,
	      "gate");
	check(klpcc_mainline_section_parse(".klp.rela.m.x\0", 14, &section) ==
		      -KLPCC_NAME_BAD_SECTION,
	      "section");
	test_end();
}

static void messages(void)
{
	int error, other;

	test_begin("every error has a text of its own");
	for (error = 0; error <= KLPCC_NAME_BAD_SECTION + 1; error++) {
		const char *text = klpcc_name_strerror(error);

		check(text && *text && !strchr(text, '\n'), "%d has a text", error);
		check(text == klpcc_name_strerror(-error), "%d and %d", error, -error);
		for (other = 0; other < error; other++)
			check(strcmp(text, klpcc_name_strerror(other)) != 0,
			      "%d says '%s'", error, text);
	}
	test_end();
}

int main(void)
{
	run_refs("marks", klpcc_mark_parse, marks, COUNT(marks));
	run_refs("object form symbols", klpcc_object_symbol_parse, object_symbols,
		 COUNT(object_symbols));
	run_refs("mainline symbols", klpcc_mainline_symbol_parse, mainline_symbols,
		 COUNT(mainline_symbols));
	run_refs("foreign marks", klpcc_foreign_mark_parse, foreign_marks,
		 COUNT(foreign_marks));
	run_sections("object form sections", klpcc_object_section_parse, object_sections,
		     COUNT(object_sections));
	run_sections("mainline sections", klpcc_mainline_section_parse, mainline_sections,
		     COUNT(mainline_sections));
	embedded_nul();
	messages();
	return test_status;
}
