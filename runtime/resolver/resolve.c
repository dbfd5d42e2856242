// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Finds the addresses of the wanted symbols, all of one object at a time.
 *
 * Called by apply.c before it changes anything. Symbols are counted as the index and the
 * livepatch core count them: in vmlinux by address, in a module in the order of its symbol
 * table. For a module this is always the table of its core; the livepatch core counts
 * init symbols, too, as long as they are there.
 *
 * There are two ways to search vmlinux. kallsyms is compressed, so a scan of its 200,000 names
 * takes milliseconds; a look-up by name, if the kernel has one, takes some microseconds. The
 * number of names decides.
 */
#include <linux/bits.h>
#include <linux/hashtable.h>
#include <linux/log2.h>
#include <linux/mm.h>
#include <linux/moduleparam.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/stringhash.h>

#include "kernel-compat.h"
#include "resolver.h"

/*
 * From this many names of vmlinux on, a scan is used. In instructions it costs as much as 2,900
 * look-ups on 6.12 and 4,700 on 7.3: it expands 200,000 names. A look-up expands about 20, but
 * walks to each of them from a marker that is up to 255 names away. The livepatch core of newer
 * kernels always looks up, so there is no scan where it would save nothing.
 */
static unsigned int scan_from = 4700;
module_param(scan_from, uint, 0444);
MODULE_PARM_DESC(
	scan_from,
	"if a module uses at least this many names of vmlinux, one scan finds all of them");

/* Missing symbols beyond these are only counted: a console may take long for a line. */
#define MISSING_LINES 100

/* The wanted symbols by object and name, for objects whose symbols are all walked through. */
struct wanted {
	struct hlist_head *heads; /* NULL: not made yet */
	unsigned int bits;
	unsigned int object; /* the one that is being searched */
};

/* ---- symbols by name ------------------------------------------------------------------- */

static struct hlist_head *name_bucket(const struct wanted *wanted, unsigned int object,
				      const char *name)
{
	/* One pass for length and hash: a scan does this 200,000 times. */
	u32 hash = hashlen_hash(hashlen_string((void *)(unsigned long)object, name));

	return &wanted->heads[hash_32(hash, wanted->bits)];
}

static int make_table(struct wanted *wanted, struct klpcc_patch *patch)
{
	unsigned int i, count = 0;

	if (wanted->heads)
		return 0;
	for (i = 0; i < patch->object_count; i++)
		count += patch->objects[i].wanted;
	wanted->bits = ilog2(roundup_pow_of_two(count + 1)) + 1;
	wanted->heads = kvcalloc(1ul << wanted->bits, sizeof(*wanted->heads), GFP_KERNEL);
	if (!wanted->heads)
		return -ENOMEM;
	for (i = 0; i < patch->symbol_count; i++) {
		struct klpcc_symbol *symbol = &patch->symbols[i];

		if (symbol->wanted)
			hlist_add_head(&symbol->node,
				       name_bucket(wanted, symbol->object, symbol->name));
		if (i % 1024 == 0)
			cond_resched();
	}
	return 0;
}

/* Takes the next address that the symbol's name has in its object. */
static void count_address(struct klpcc_symbol *symbol, unsigned long address)
{
	symbol->seen++;
	if (symbol->seen == (symbol->sympos ? symbol->sympos : 1))
		symbol->address = address;
}

/* Takes a symbol of the object; called in their order. */
static void count_symbol(const struct wanted *wanted, const char *name,
			 unsigned long address)
{
	struct klpcc_symbol *symbol;

	hlist_for_each_entry(symbol, name_bucket(wanted, wanted->object, name), node) {
		if (symbol->object == wanted->object && !strcmp(symbol->name, name))
			count_address(symbol, address);
	}
}

/* ---- vmlinux --------------------------------------------------------------------------- */

static int count_any(void *data, const char *name,
		     KLPCC_KALLSYMS_MODULE unsigned long address)
{
	if (klpcc_is_module_symbol(mod))
		return 1;
	count_symbol(data, name, address);
	return 0;
}

static int scan_vmlinux(struct klpcc_patch *patch, struct wanted *wanted)
{
	int err = make_table(wanted, patch);

	if (err)
		return err;
	klpcc_kallsyms_lock();
	kallsyms_on_each_symbol(count_any, wanted);
	klpcc_kallsyms_unlock();
	return 0;
}

#ifdef KLPCC_HAVE_MATCH_SYMBOL
static int count_match(void *data, unsigned long address)
{
	count_address(data, address);
	return 0;
}

static void look_up_names(struct klpcc_patch *patch, unsigned int object)
{
	unsigned int i;

	for (i = 0; i < patch->symbol_count; i++) {
		struct klpcc_symbol *symbol = &patch->symbols[i];

		if (!symbol->wanted || symbol->object != object)
			continue;
		kallsyms_on_each_match_symbol(count_match, symbol->name, symbol);
		cond_resched();
	}
}
#endif

static int search_vmlinux(struct klpcc_patch *patch, struct wanted *wanted)
{
#ifdef KLPCC_HAVE_MATCH_SYMBOL
	if (patch->objects[wanted->object].wanted < scan_from) {
		look_up_names(patch, wanted->object);
		return 0;
	}
#endif
	return scan_vmlinux(patch, wanted);
}

/* ---- modules --------------------------------------------------------------------------- */

struct module *klpcc_find_module(const char *name)
{
	struct module *mod;

	/* What find_module() asks for, in every version. */
	rcu_read_lock_sched();
	mod = find_module(name);
	if (mod && mod->state == MODULE_STATE_GOING && !mod->klp_alive)
		mod = NULL;
	rcu_read_unlock_sched();
	return mod;
}

bool klpcc_is_loaded(const char *object)
{
	return !strcmp(object, KLPCC_VMLINUX) || klpcc_find_module(object);
}

static int search_module(const struct module *mod, struct klpcc_patch *patch,
			 struct wanted *wanted)
{
	const struct mod_kallsyms *kallsyms = &mod->core_kallsyms;
	int err = make_table(wanted, patch);
	unsigned int i;

	if (err)
		return err;
	for (i = 1; i < kallsyms->num_symtab; i++) {
		const Elf_Sym *symbol = &kallsyms->symtab[i];

		if (symbol->st_shndx != SHN_UNDEF &&
		    symbol->st_shndx != KLPCC_SHN_LIVEPATCH)
			count_symbol(wanted, kallsyms->strtab + symbol->st_name,
				     symbol->st_value);
		if (i % 1024 == 0)
			cond_resched();
	}
	return 0;
}

/* ---- all ------------------------------------------------------------------------------- */

static int search_object(struct klpcc_patch *patch, struct wanted *wanted)
{
	const char *name = patch->objects[wanted->object].name;
	struct module *mod;

	if (!strcmp(name, KLPCC_VMLINUX))
		return search_vmlinux(patch, wanted);
	mod = klpcc_find_module(name);
	return mod ? search_module(mod, patch, wanted) : 0;
}

/* Counts the wanted symbols of each object, and forgets what was found before. */
static void begin_search(struct klpcc_patch *patch)
{
	unsigned int i;

	for (i = 0; i < patch->object_count; i++)
		patch->objects[i].wanted = 0;
	for (i = 0; i < patch->symbol_count; i++) {
		struct klpcc_symbol *symbol = &patch->symbols[i];

		symbol->seen = 0;
		symbol->address = 0;
		patch->objects[symbol->object].wanted += symbol->wanted;
	}
}

static int search_all(struct klpcc_patch *patch)
{
	struct wanted wanted = { NULL };
	unsigned int i;
	int err = 0;

	begin_search(patch);
	for (i = 0; !err && i < patch->object_count; i++) {
		if (!patch->objects[i].wanted)
			continue;
		wanted.object = i;
		err = search_object(patch, &wanted);
		cond_resched();
	}
	kvfree(wanted.heads);
	return err;
}

static bool is_found(const struct klpcc_symbol *symbol)
{
	return symbol->sympos ? symbol->sympos <= symbol->seen : symbol->seen == 1;
}

static void print_missing(const struct klpcc_patch *patch,
			  const struct klpcc_symbol *symbol)
{
	const char *object = patch->objects[symbol->object].name;

	if (!symbol->seen && !klpcc_is_loaded(object))
		pr_err(KLPCC_NAME ": symbol %s of %s: %s is not loaded\n",
		       klpcc_name(patch->mod->name), symbol->name, object, object);
	else if (!symbol->seen)
		pr_err(KLPCC_NAME ": symbol %s of %s: not found\n",
		       klpcc_name(patch->mod->name), symbol->name, object);
	else if (!symbol->sympos)
		pr_err(KLPCC_NAME
		       ": symbol %s of %s: expected to be unique, but there are %u\n",
		       klpcc_name(patch->mod->name), symbol->name, object, symbol->seen);
	else
		pr_err(KLPCC_NAME
		       ": symbol %s of %s: expected at position %u, but there %s only %u\n",
		       klpcc_name(patch->mod->name), symbol->name, object, symbol->sympos,
		       symbol->seen == 1 ? "is" : "are", symbol->seen);
}

int klpcc_resolve(struct klpcc_patch *patch)
{
	unsigned int i, missing = 0;
	int err;

	err = search_all(patch);
	if (err)
		return err;
	for (i = 0; i < patch->symbol_count; i++) {
		const struct klpcc_symbol *symbol = &patch->symbols[i];

		if (!symbol->wanted)
			continue;
		if (is_found(symbol))
			pr_debug(KLPCC_NAME ": %s of %s, position %u, is %pS\n",
				 klpcc_name(patch->mod->name), symbol->name,
				 patch->objects[symbol->object].name, symbol->sympos,
				 (void *)symbol->address);
		else if (missing++ < MISSING_LINES)
			print_missing(patch, symbol);
		cond_resched();
	}
	if (missing > MISSING_LINES)
		pr_err(KLPCC_NAME ": and %u more symbols\n", klpcc_name(patch->mod->name),
		       missing - MISSING_LINES);
	return missing ? -ENOENT : 0;
}
