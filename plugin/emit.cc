// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Emit: see emit.h.
 *
 * The assembler, not the compiler, renames the references: `.set name, mark` after the whole text
 * turns every use of the name into one of the mark, including those in asm statements and those
 * that GCC adds late, and leaves every instruction as it is. By now it is known which names were
 * written; the others are left out, because they would become undefined symbols that nothing
 * uses.
 *
 * A name that the unit's own asm text defines is not a reference to the target: .ifndef
 * finds out in the only place that can know.
 */
#include "emit.h"
#include "klp-ref.h"
#include "original.h"
#include "replace.h"

#define FILE_LABEL ".Lklpcc_file"

/* The source names of the table, each once; remapped as __FILE__ is. */
struct files {
	auto_vec<const char *> names;

	unsigned int number_of(const char *path)
	{
		const char *name = remap_macro_filename(path);
		const char *known;

		for (unsigned int i = 0; names.iterate(i, &known); i++)
			if (!strcmp(known, name))
				return i;
		names.safe_push(name);
		return names.length() - 1;
	}
};

/* The source name, once, at the first record that needs it. */
static void emit_file(FILE *out, const char *name, unsigned int number)
{
	fprintf(out, "\t.ifndef\t" FILE_LABEL "%u\n", number);
	fprintf(out, "\t.pushsection %s,\"\",%%progbits\n", KLPCC_REF_STRINGS);
	fprintf(out, FILE_LABEL "%u:\n\t.string\t", number);
	output_quoted_string(out, name);
	fputs("\n\t.popsection\n\t.endif\n", out);
}

static void emit_record(FILE *out, const struct klpcc_extern *entry, const char *mark,
			struct files *files)
{
	expanded_location where = expand_location(entry->use);
	unsigned int file = files->number_of(where.file ? where.file : "");

	emit_file(out, files->names[file], file);
	fprintf(out, "\t.pushsection %s,\"\",%%progbits\n", KLPCC_REF_SECTION);
	fprintf(out, "\t.balign\t8\n\t.quad\t%s\n\t.quad\t" FILE_LABEL "%u\n", mark,
		file);
	fprintf(out, "\t.long\t%d, %d, %u, %u\n", where.line, where.column, entry->flags,
		KLPCC_REF_VERSION);
	fputs("\t.popsection\n", out);
}

static void emit_mark(FILE *out, const struct klpcc_extern *entry, const char *mark,
		      struct files *files)
{
	fputs("\t.ifndef\t", out);
	assemble_name_raw(out, entry->label);
	fprintf(out, "\n\t.weak\t%s\n\t.set\t", mark);
	assemble_name_raw(out, entry->label);
	fprintf(out, ", %s\n", mark);
	emit_record(out, entry, mark, files);
	fputs("\t.endif\n", out);
}

static void emit_string(FILE *out, const char *text)
{
	fputs("\t.string\t", out);
	output_quoted_string(out, text);
	fputc('\n', out);
}

/* For the link, which compares the gates with them. */
static void emit_objects(FILE *out, const struct klpcc_unit *unit)
{
	if (unit->table_objects.is_empty())
		return;
	fprintf(out, "\t.pushsection %s,\"\",%%progbits\n", KLPCC_REF_OBJECTS);
	for (const struct klpcc_table_object &object : unit->table_objects)
		emit_string(out, object.name ? object.name : KLPCC_VMLINUX);
	fputs("\t.popsection\n", out);
}

/* The link has an index, too: an object from a cache may have been made with another one. */
static void emit_index(FILE *out, const struct klpcc_unit *unit)
{
	char *text = concat(klpcc_index_digest(unit->index), " ",
			    remap_macro_filename(main_input_filename), NULL);

	fprintf(out, "\t.pushsection %s,\"\",%%progbits\n", KLPCC_REF_INDEX);
	emit_string(out, text);
	fputs("\t.popsection\n", out);
	free(text);
}

/*
 * For the link, which compares them with the module's own definitions. Not even .ifndef
 * may name the symbol: that makes a weak reference an ordinary one.
 */
static void emit_export(FILE *out, const struct klpcc_unit *unit,
			const struct klpcc_extern *entry)
{
	expanded_location where = expand_location(entry->use);
	char *place =
		xasprintf("%s:%d:%d", remap_macro_filename(where.file ? where.file : ""),
			  where.line, where.column);
	fprintf(out, "\t.pushsection %s,\"\",%%progbits\n", KLPCC_REF_EXPORTS);
	emit_string(out, entry->request.symbol);
	emit_string(out, klpcc_object_name(unit, entry->verdict.object));
	emit_string(out, place);
	fputs("\t.popsection\n", out);
	free(place);
}

/* .discard.unreachable is objtool's list of places that are never reached. */
static void emit_dead_ends(FILE *out, const struct klpcc_unit *unit)
{
	char label[64];
	int number;

	if (unit->dead_ends.is_empty())
		return;
	fputs("\t.pushsection .discard.unreachable\n", out);
	for (unsigned int i = 0; unit->dead_ends.iterate(i, &number); i++) {
		ASM_GENERATE_INTERNAL_LABEL(label, "L", number);
		fputs("\t.long\t", out);
		assemble_name_raw(out, label);
		fputs(" - .\n", out);
	}
	fputs("\t.popsection\n", out);
}

/* For the struct klp_func of another unit: the functions themselves are local. */
static void emit_replacements(FILE *out, const struct klpcc_unit *unit)
{
	for (const struct klpcc_replaced &replaced : unit->replaced) {
		char *name = klpcc_replacement_name(unit, replaced.name);

		fprintf(out, "\t.globl\t%s\n\t.set\t%s, ", name, name);
		assemble_name_raw(out, replaced.name);
		fputc('\n', out);
		free(name);
	}
}

/* The module loader binds no name of a namespace that the module does not import. */
static void emit_imports(FILE *out, const struct klpcc_unit *unit)
{
	if (unit->imports.is_empty())
		return;
	fputs("\t.pushsection .modinfo,\"a\",%progbits\n", out);
	for (const char *name : unit->imports) {
		char *text = concat("import_ns=", name, NULL);

		emit_string(out, text);
		free(text);
	}
	fputs("\t.popsection\n", out);
}

static void emit_extern(FILE *out, const struct klpcc_unit *unit,
			const struct klpcc_extern *entry, struct files *files)
{
	char mark[KLPCC_NAME_BUFFER];

	if (entry->verdict.kind == KLPCC_VERDICT_ORDINARY &&
	    entry->verdict.reason == KLPCC_REASON_EXPORTED)
		emit_export(out, unit, entry);
	/* What cannot be built has been refused. */
	if (entry->verdict.kind == KLPCC_VERDICT_MARK &&
	    !klpcc_mark_build(&entry->verdict.ref, mark, sizeof(mark)))
		emit_mark(out, entry, mark, files);
}

void klpcc_emit(FILE *out, const struct klpcc_unit *unit)
{
	struct files files;
	bool marked = false;

	for (const struct klpcc_extern &entry : unit->externs) {
		if (!klpcc_is_needed(&entry))
			continue;
		emit_extern(out, unit, &entry, &files);
		marked |= entry.verdict.kind == KLPCC_VERDICT_MARK;
	}
	if (marked)
		emit_index(out, unit);
	emit_objects(out, unit);
	emit_dead_ends(out, unit);
	if (klpcc_original_is_replaced(unit)) {
		emit_replacements(out, unit);
		emit_imports(out, unit);
	}
}
