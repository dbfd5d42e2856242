// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What goes into a target comes out of the index: random targets, written and read back, are
 * compared in full with a model that is nothing but lists searched from end to end.
 */
#include "../lib/unit.h"

#include <elf.h>

#include "index/index.h"
#include "target/target.h"

#define OBJECTS 7
#define NAMES 120
#define SYMBOLS 600
#define EXPORTS 90
#define FILE_A "a.klpidx"
#define FILE_B "b.klpidx"

struct model_symbol {
	struct klpcc_target_symbol symbol;
	int object;
};

struct model_export {
	struct klpcc_target_export export_;
	int object;
};

/* Objects are in the order that the index must have; symbols and exports as added. */
struct model {
	const char *objects[OBJECTS];
	unsigned char build_ids[OBJECTS][20];
	size_t build_id_sizes[OBJECTS];
	char names[NAMES][24];
	struct model_symbol symbols[SYMBOLS];
	struct model_export exports[EXPORTS];
	int symbols_count, exports_count;
	bool seals_known[OBJECTS], places_known[OBJECTS];
	bool has_vermagic;
	uint16_t machine;
	enum klpcc_index_kallsyms_all kallsyms_all;
};

#define VERMAGIC "6.1.0-56-amd64 SMP mod_unload "

static const char *const objects[OBJECTS] = { "vmlinux", "a",         "a_b", "ab",
					      "kvm",     "kvm_intel", "z9" };
static const char *const sources[] = { NULL, "fs/proc/cmdline.c", "core.c", "main.c" };
static const char *const namespaces[] = { NULL, "CRYPTO_INTERNAL", "module:kvm,vfio" };

static void make_symbol(struct model *model, uint32_t *seed, struct model_symbol *ret)
{
	static const char letters[] = "tTdDbBrRwWA?";

	ret->object = (int)random_below(seed, OBJECTS);
	ret->symbol = (struct klpcc_target_symbol){
		.name = model->names[random_below(seed, NAMES)],
		.source = sources[random_below(seed, 4)],
		.address = 0xffffffff81000000ull + random_below(seed, 0x7fffffff),
		.kallsyms_type = letters[random_below(seed, sizeof(letters) - 1)],
		.type = (uint8_t)random_below(seed, 16),
		.binding = (uint8_t)random_below(seed, 16),
		.has_address = random_below(seed, 2),
		.init = random_below(seed, 2),
		.sealed = random_below(seed, 2),
		.patchable = random_below(seed, 2),
		.counted = random_below(seed, 4),
	};
}

static void make_model(struct model *model, uint32_t seed)
{
	memset(model, 0, sizeof(*model));
	for (int i = 0; i < OBJECTS; i++) {
		model->objects[i] = objects[i];
		model->build_id_sizes[i] = random_below(&seed, 2) ? 20 : 0;
		model->seals_known[i] = random_below(&seed, 2);
		model->places_known[i] = random_below(&seed, 2);
		for (size_t k = 0; k < model->build_id_sizes[i]; k++)
			model->build_ids[i][k] = (unsigned char)random_below(&seed, 256);
	}
	model->kallsyms_all = (enum klpcc_index_kallsyms_all)random_below(&seed, 3);
	/* Names that are prefixes of each other, and bytes on both sides of 0x80. */
	for (int i = 0; i < NAMES; i++)
		snprintf(model->names[i], sizeof(model->names[i]), "%.*s%s%u",
			 (int)random_below(&seed, 5), "_x_y",
			 random_below(&seed, 4) ? "" : "\xc3\xa9",
			 random_below(&seed, 150));
	model->symbols_count = (int)random_below(&seed, SYMBOLS + 1);
	for (int i = 0; i < model->symbols_count; i++)
		make_symbol(model, &seed, &model->symbols[i]);
	model->exports_count = (int)random_below(&seed, EXPORTS + 1);
	for (int i = 0; i < model->exports_count; i++)
		model->exports[i] = (struct model_export){
			.export_.name = model->names[random_below(&seed, NAMES)],
			.export_.namespace_ = namespaces[random_below(&seed, 3)],
			.export_.crc = random_below(&seed, 2) * 0xc0000001u,
			.export_.gpl = random_below(&seed, 2),
			.object = (int)random_below(&seed, OBJECTS),
		};
	model->has_vermagic = random_below(&seed, 2);
	model->machine = (uint16_t)(random_below(&seed, 2) * 62);
}

/* Writes the model; backwards: the objects are made and filled in the opposite order. */
static void write_model(const struct model *model, bool backwards, const char *path)
{
	struct klpcc_target *target;

	must(klpcc_target_create(&target));
	must(klpcc_target_set_release(target, "6.1.0-56-amd64"));
	must(klpcc_target_set_machine(target, model->machine));
	if (model->has_vermagic)
		must(klpcc_target_set_vermagic(target, VERMAGIC));
	if (model->kallsyms_all != KLPCC_INDEX_KALLSYMS_ALL_UNKNOWN)
		klpcc_target_set_kallsyms_all(
			target, model->kallsyms_all == KLPCC_INDEX_KALLSYMS_ALL_YES);
	for (int n = 0; n < OBJECTS; n++) {
		int i = backwards ? OBJECTS - 1 - n : n;
		uint32_t object;

		must(klpcc_target_object(target, model->objects[i], &object));
		must(klpcc_target_set_build_id(target, object, model->build_ids[i],
					       model->build_id_sizes[i]));
		if (model->seals_known[i])
			klpcc_target_set_seals_known(target, object);
		if (model->places_known[i])
			klpcc_target_set_places_known(target, object);
		for (int k = 0; k < model->symbols_count; k++)
			if (model->symbols[k].object == i)
				must(klpcc_target_add_symbol(target, object,
							     &model->symbols[k].symbol));
		for (int k = 0; k < model->exports_count; k++)
			if (model->exports[k].object == i)
				must(klpcc_target_add_export(target, object,
							     &model->exports[k].export_));
	}
	must(klpcc_target_write(target, path));
	klpcc_target_destroy(target);
}

static bool same_text(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

/* The position of the model's symbol k, counted from end to end. */
static uint32_t model_position(const struct model *model, int k)
{
	const struct model_symbol *me = &model->symbols[k];
	uint32_t counted = 0, position = 0;

	for (int i = 0; i < model->symbols_count; i++) {
		const struct model_symbol *other = &model->symbols[i];

		if (other->object != me->object || !other->symbol.counted ||
		    strcmp(other->symbol.name, me->symbol.name))
			continue;
		counted++;
		if (i <= k)
			position++;
	}
	return me->symbol.counted && counted > 1 ? position : 0;
}

static void check_symbol(const struct klpcc_index *index, const struct model *model,
			 int k, uint32_t number)
{
	const struct klpcc_target_symbol *want = &model->symbols[k].symbol;
	struct klpcc_index_symbol got;

	must(klpcc_index_symbol(index, number, &got));
	check(!strcmp(got.name, want->name) && same_text(got.source, want->source) &&
		      got.address == (want->has_address ? want->address : 0) &&
		      got.object == (uint32_t)model->symbols[k].object &&
		      got.sympos == model_position(model, k) &&
		      got.kallsyms_type == want->kallsyms_type &&
		      got.type == want->type && got.binding == want->binding &&
		      got.has_address == want->has_address && got.init == want->init &&
		      got.sealed == want->sealed && got.patchable == want->patchable,
	      "symbol %u is not '%s' in %s, position %u", number, want->name,
	      model->objects[model->symbols[k].object], model_position(model, k));
}

/* The first export of that name and object is the one that counts. */
static bool is_repeated(const struct model *model, int k)
{
	for (int i = 0; i < k; i++)
		if (model->exports[i].object == model->exports[k].object &&
		    !strcmp(model->exports[i].export_.name,
			    model->exports[k].export_.name))
			return true;
	return false;
}

static uint32_t check_exports(const struct klpcc_index *index, const struct model *model,
			      const struct klpcc_index_name *name)
{
	uint32_t count = 0;

	for (int object = 0; object < OBJECTS; object++) {
		for (int k = 0; k < model->exports_count; k++) {
			const struct klpcc_target_export *want =
				&model->exports[k].export_;
			struct klpcc_index_export got;

			if (model->exports[k].object != object ||
			    strcmp(want->name, name->name) || is_repeated(model, k))
				continue;
			must(klpcc_index_name_export(index, name, count++, &got));
			check(!strcmp(got.name, want->name) && got.gpl == want->gpl &&
				      got.object == (uint32_t)object &&
				      got.has_crc == (want->crc != 0) &&
				      got.crc == want->crc &&
				      same_text(got.namespace_, want->namespace_),
			      "export of '%s' by %s", want->name, objects[object]);
		}
	}
	return count;
}

/* Everything about one name; true when the model has it. */
static bool check_name(const struct klpcc_index *index, const struct model *model,
		       const char *text)
{
	struct klpcc_index_name name = { .name = text };
	uint32_t symbols = 0, exports;
	char longer[64];
	bool found;

	/* The key need not end where its length says. */
	snprintf(longer, sizeof(longer), "%s0", text);
	must(klpcc_index_find_name(index, longer, strlen(text), &found, &name));
	if (!found)
		name = (struct klpcc_index_name){ .name = text };
	for (int object = 0; object < OBJECTS; object++)
		for (int k = 0; k < model->symbols_count; k++)
			if (model->symbols[k].object == object &&
			    !strcmp(model->symbols[k].symbol.name, text)) {
				if (found)
					check_symbol(index, model, k,
						     name.first_symbol + symbols);
				symbols++;
			}
	if (!found) {
		check(!symbols, "'%s' is not found", text);
		for (int k = 0; k < model->exports_count; k++)
			check(strcmp(model->exports[k].export_.name, text),
			      "export '%s' is not found", text);
		return false;
	}
	exports = check_exports(index, model, &name);
	check(!strcmp(name.name, text) && symbols == name.symbols &&
		      exports == name.exports && symbols + exports,
	      "'%s' has %u symbols and %u exports, not %u and %u", text, name.symbols,
	      name.exports, symbols, exports);
	return true;
}

static void check_objects(const struct klpcc_index *index, const struct model *model)
{
	struct klpcc_index_object object;
	uint32_t number;
	bool found;

	check(klpcc_index_objects(index) == OBJECTS, "%u objects",
	      klpcc_index_objects(index));
	for (uint32_t i = 0; i < OBJECTS; i++) {
		must(klpcc_index_object(index, i, &object));
		check(!strcmp(object.name, model->objects[i]) &&
			      object.seals_known == model->seals_known[i] &&
			      object.places_known == model->places_known[i] &&
			      object.build_id_size == model->build_id_sizes[i] &&
			      !object.build_id == !object.build_id_size &&
			      !memcmp(object.build_id ? object.build_id
						      : (const void *)"",
				      model->build_ids[i], object.build_id_size),
		      "object %u is %s", i, object.name);
		must(klpcc_index_find_object(index, model->objects[i],
					     strlen(model->objects[i]), &found, &number));
		check(found && number == i, "finding object %s", model->objects[i]);
	}
	for (int i = 0; i < 6; i++) {
		static const char *const absent[] = { "",         "A",    "vmlinu",
						      "vmlinux2", "kvm_", "zz" };

		must(klpcc_index_find_object(index, absent[i], strlen(absent[i]), &found,
					     &number));
		check(!found, "object '%s' is not there", absent[i]);
	}
}

static void check_index(const struct model *model)
{
	struct klpcc_index_name name, last = { .name = "" };
	struct klpcc_index *index;
	uint32_t names = 0;
	char text[32];

	must(klpcc_index_open(FILE_A, &index));
	check(!strcmp(klpcc_index_release(index), "6.1.0-56-amd64"), "release '%s'",
	      klpcc_index_release(index));
	check(klpcc_index_kallsyms_all(index) == model->kallsyms_all, "kallsyms_all %d",
	      klpcc_index_kallsyms_all(index));
	check(same_text(klpcc_index_vermagic(index),
			model->has_vermagic ? VERMAGIC : NULL),
	      "vermagic");
	check(klpcc_index_machine(index) == model->machine, "machine %u",
	      klpcc_index_machine(index));
	check(klpcc_index_symbols(index) == (uint32_t)model->symbols_count,
	      "number of symbols");
	check_objects(index, model);
	for (int i = 0; i < NAMES; i++) {
		check_name(index, model, model->names[i]);
		/* Near misses on both sides. */
		snprintf(text, sizeof(text), "%s!", model->names[i]);
		check_name(index, model, text);
		text[strlen(model->names[i]) - 1] = '\0';
		check_name(index, model, text);
	}
	for (uint32_t i = 0; i < klpcc_index_names(index); i++) {
		must(klpcc_index_name_at(index, i, &name));
		check(strcmp(last.name, name.name) < 0, "'%s' stands before '%s'",
		      last.name, name.name);
		names += check_name(index, model, name.name);
		last = name;
	}
	check(names == klpcc_index_names(index), "a name that was never added");
	klpcc_index_close(index);
}

static bool same_files(void)
{
	FILE *a = fopen(FILE_A, "rb"), *b = fopen(FILE_B, "rb");
	int x, y;

	if (!a || !b)
		return false;
	do {
		x = getc(a);
		y = getc(b);
	} while (x == y && x != EOF);
	fclose(a);
	fclose(b);
	return x == y;
}

static void test_empty(void)
{
	struct klpcc_index_name name;
	struct klpcc_target *target;
	struct klpcc_index *index;
	bool found = true;

	test_begin("an empty target is an index without names");
	must(klpcc_target_create(&target));
	must(klpcc_target_write(target, FILE_A));
	klpcc_target_destroy(target);
	must(klpcc_index_open(FILE_A, &index));
	must(klpcc_index_find_name(index, "x", 1, &found, &name));
	check(!found && !klpcc_index_names(index) && !klpcc_index_symbols(index) &&
		      klpcc_index_objects(index) == 1 &&
		      !strcmp(klpcc_index_release(index), ""),
	      "something is in it");
	klpcc_index_close(index);
	test_end();
}

static void test_random(void)
{
	static struct model model;

	test_begin("random targets read back as they were written");
	for (uint32_t seed = 1; seed <= 60; seed++) {
		make_model(&model, seed * 2654435761u);
		write_model(&model, false, FILE_A);
		check_index(&model);
	}
	test_end();
	test_begin("the order in which objects are added leaves no trace");
	for (uint32_t seed = 1; seed <= 60; seed++) {
		make_model(&model, seed * 2654435761u);
		write_model(&model, false, FILE_A);
		write_model(&model, true, FILE_B);
		check(same_files(), "seed %u", seed);
	}
	test_end();
}

static bool refuses(struct klpcc_error *err)
{
	bool refused = err != NULL;

	klpcc_error_free(err);
	return refused;
}

static void test_refusals(void)
{
	struct klpcc_target_symbol symbol = { .name = "x", .kallsyms_type = 't' };
	struct klpcc_target_export export_ = { .name = "" };
	struct klpcc_target *target;
	uint32_t object;

	test_begin("what would break a message or a mark is not taken");
	must(klpcc_target_create(&target));
	must(klpcc_target_add_symbol(target, 0, &symbol));
	symbol.name = "";
	check(refuses(klpcc_target_add_symbol(target, 0, &symbol)), "empty name");
	symbol.name = "a b";
	check(refuses(klpcc_target_add_symbol(target, 0, &symbol)), "blank in a name");
	symbol.name = "a\n";
	check(refuses(klpcc_target_add_symbol(target, 0, &symbol)), "newline in a name");
	symbol.name = "x";
	symbol.source = "a\033";
	check(refuses(klpcc_target_add_symbol(target, 0, &symbol)), "escape in a source");
	symbol.source = NULL;
	symbol.kallsyms_type = '\0';
	check(refuses(klpcc_target_add_symbol(target, 0, &symbol)), "no letter");
	check(refuses(klpcc_target_add_export(target, 0, &export_)), "empty export");
	export_ = (struct klpcc_target_export){ .name = "x", .namespace_ = "\t" };
	check(refuses(klpcc_target_add_export(target, 0, &export_)),
	      "tab in a namespace");
	check(refuses(klpcc_target_set_vermagic(target, "")), "empty vermagic");
	check(refuses(klpcc_target_set_vermagic(target, "6.1\n")),
	      "newline in a vermagic");
	must(klpcc_target_set_machine(target, 62));
	must(klpcc_target_set_machine(target, 62));
	check(refuses(klpcc_target_set_machine(target, 22)), "another machine");
	check(refuses(klpcc_target_object(target, "a.b", &object)), "dot in an object");
	check(refuses(klpcc_target_object(target, "", &object)), "empty object");
	check(refuses(klpcc_target_set_release(target, "")), "empty release");
	check(refuses(klpcc_target_set_release(target, "6.1 x")), "blank in a release");
	check(refuses(klpcc_target_set_release(target, "../6.1")), "slash in a release");
	must(klpcc_target_set_release(target, "6.1"));
	must(klpcc_target_set_release(target, "6.1"));
	check(refuses(klpcc_target_set_release(target, "6.2")), "another release");
	check(klpcc_target_symbols(target, 0) == 1 && !klpcc_target_exports(target, 0),
	      "what was refused is counted");
	klpcc_target_destroy(target);
	test_end();
}

int main(void)
{
	test_empty();
	test_random();
	test_refusals();
	return test_status;
}
