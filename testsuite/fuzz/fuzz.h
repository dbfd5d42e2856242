/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the fuzz harnesses share. Each fuzz-NAME.c hands one input to one reader and checks
 * what must hold for any bytes: it ends, it says at most one line, and it asks for memory in
 * proportion to the input. libFuzzer makes the inputs (`make fuzz`); driver.c replays files.
 *
 * Whatever breaks a rule ends the process, which is how a fuzzer learns of a finding.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "index/target.h"
#include "lib/error.h"

/* The harness: returns 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
/* A harness may have one; both callers do without. */
int LLVMFuzzerInitialize(int *argc, char ***argv);

/*
 * Between these two calls the heap may grow by FUZZ_MEMORY_FIXED and factor times the size
 * of the input. factor 0: without limit, where the input may be compressed.
 */
#define FUZZ_MEMORY_FIXED ((size_t)2 << 20)
void fuzz_begin(size_t size, size_t factor);
void fuzz_end(void);

/* Says what rule was broken, and ends. */
void fuzz_broken(const char *format, ...) __attribute__((noreturn, format(printf, 1, 2)));

/* The path of a file in memory that holds the bytes, until the next call. */
const char *fuzz_file(const void *data, size_t size);
/* A path in a directory of this process below /dev/shm, which goes when it ends. */
const char *fuzz_scratch(const char *name);

/* Reads every byte, so that a sanitizer sees where they are. */
void fuzz_read(const void *data, size_t size);

/* An error, or NULL, that a reader came back with. True when it was none. */
bool fuzz_done(struct klpcc_error *err);

/* How the inputs of the index are read. */
typedef struct klpcc_error *fuzz_reader(struct klpcc_target *target, const char *path);

/*
 * Reads the input into a target. What the reader takes must go through to the end: into an
 * index, and out of it again without an error.
 */
void fuzz_target(const uint8_t *data, size_t size, size_t factor, fuzz_reader *reader);
/* Everything behind the readers for a target that was filled. */
void fuzz_finish_target(struct klpcc_target *target);

struct klpcc_index;
/* Asks an index for everything that it has. */
struct klpcc_error *fuzz_walk_index(const struct klpcc_index *index);

#endif
