/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The verifier: would this livepatch module load on that kernel, and do what it says?
 *
 * It replays what module loader, livepatch core and resolver do, offline, with the index of the
 * kernel. It never stops at the first failure: all findings are collected, in the order in which
 * the kernel would come to them.
 */
#ifndef KLPCC_VERIFY_H
#define KLPCC_VERIFY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../index/index.h"
#include "../lib/error.h"

/* The numbers are exit statuses. */
enum klpcc_verdict {
	KLPCC_VERDICT_LOADS = 0,
	KLPCC_VERDICT_REFUSED = 1,
	/* Nothing refuses it, but something could not be told. */
	KLPCC_VERDICT_UNKNOWN = 2,
};

enum klpcc_finding_kind {
	KLPCC_FINDING_FAILS,   /* the kernel refuses it, or what it would do is wrong */
	KLPCC_FINDING_UNSURE,  /* cannot be told with this index, and why */
	KLPCC_FINDING_WARNING, /* it loads, but hardly does what its author wants */
	KLPCC_FINDING_NOTE,    /* named, not judged: signature, taint */
};

/* When it takes effect, and who refuses then what. In the order in which the kernel comes to it. */
enum klpcc_verify_stage {
	/* The module loader, or what it calls, refuses the module before its init function runs. */
	KLPCC_STAGE_LOAD,
	/* The livepatch core refuses the patch, which its init function enables. */
	KLPCC_STAGE_ENABLE,
	/*
	 * As soon as a module is there (klpcc_finding.target): if it was loaded first, the patch is
	 * refused; if the patch was, that module is.
	 */
	KLPCC_STAGE_TARGET,
	/* When that module is loaded after the patch: it is refused. The other order is good. */
	KLPCC_STAGE_COMING,
	/* Nobody refuses it: the module loads and does the wrong thing. */
	KLPCC_STAGE_RUN,
};

/* X(CONSTANT, "name", "what it checks"): the name is what --json has. */
#define KLPCC_VERIFY_CHECK_LIST(X)                                                    \
	X(FILE, "file",                                                               \
	  "the file is an ELF relocatable file that the module loader takes")         \
	X(VERMAGIC, "vermagic", "the module was built for this kernel")               \
	X(MODINFO, "modinfo", "what .modinfo says: livepatch, license, import_ns")    \
	X(IMPORT, "import", "undefined symbols are exported, with the same checksum") \
	X(SECTION, "section", "names, flags and links of klp relocation sections")    \
	X(SYMBOL, "symbol", "each klp symbol is found, in every state of its module") \
	X(RELOCATION, "relocation", "type, place and range of each relocation")       \
	X(LATE, "late", "no late relocation changes what the kernel has read before") \
	X(TABLE, "table", "the patch table can be read, and is well-formed")          \
	X(FUNCTION, "function",                                                       \
	  "each old_name is a function that the kernel can redirect")                 \
	X(OBJECT, "object", "patched modules, and gates among them")                  \
	X(SIGNATURE, "signature", "whether the module is signed")

#define KLPCC_VERIFY_CHECK_ENUM(constant, name, help) KLPCC_CHECK_##constant,
enum klpcc_verify_check { KLPCC_VERIFY_CHECK_LIST(KLPCC_VERIFY_CHECK_ENUM) KLPCC_CHECKS };

#define KLPCC_NO_ENTRY SIZE_MAX

/* All strings belong to the result. */
struct klpcc_finding {
	enum klpcc_finding_kind kind;
	enum klpcc_verify_stage stage;
	enum klpcc_verify_check check;
	char *target;  /* with KLPCC_STAGE_TARGET and _COMING: the module; else NULL */
	char *section; /* NULL: the module as a whole */
	size_t entry;  /* of the section: a relocation, a symbol; or KLPCC_NO_ENTRY */
	char *symbol;  /* the name as the author wrote it ("key"), or NULL */
	char *source;  /* "patch.c:12:5" where debug information tells, or NULL */
	char *text;    /* what is wrong and what to do; no place in it */
};

/* What one relocation resolves to, for --explain. Strings are borrowed for the call. */
struct klpcc_explanation {
	const char *section; /* that is relocated */
	uint64_t offset;
	const char *type; /* "R_X86_64_PLT32" */
	const char *symbol;
	const char *object; /* "vmlinux", a module; NULL: the patch module itself */
	uint32_t sympos;
	const char *gate; /* NULL: applied when the module is loaded */
	bool export_;     /* taken from an export, not by a klp relocation */
	bool has_address;
	uint64_t address;   /* link address, of vmlinux only */
	const char *source; /* as in a finding, or NULL */
};

struct klpcc_verify_options {
	const char *path; /* the module */
	const struct klpcc_index *index;
	const char *index_path; /* how messages name the index */
	/* Called for each relocation when not NULL. */
	struct klpcc_error *(*explain)(void *arg, const struct klpcc_explanation *what);
	void *explain_arg;
};

struct klpcc_verify_result {
	enum klpcc_verdict verdict;
	/* Of its klp relocations: "object", "mainline", "klp-build", "none". */
	const char *form;
	size_t relocations;        /* klp ones */
	size_t functions, objects; /* that the patch table has */
	struct klpcc_finding *findings;
	size_t count, capacity;
};

/*
 * Fails only where nothing can be said of the module at all: the file cannot be read, the index is
 * damaged, no memory. What the kernel would refuse is a finding, a file that is not ELF included.
 */
struct klpcc_error *klpcc_verify(const struct klpcc_verify_options *options,
				 struct klpcc_verify_result *ret) KLPCC_MUST_CHECK;
/* The same over bytes in memory; label is how messages name them. data is borrowed. */
struct klpcc_error *klpcc_verify_memory(const struct klpcc_verify_options *options,
					const char *label, const void *data, size_t size,
					struct klpcc_verify_result *ret) KLPCC_MUST_CHECK;
void klpcc_verify_result_deinit(struct klpcc_verify_result *result);

#endif
