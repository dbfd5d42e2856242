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

#include "target/target.h"
#include "lib/error.h"
#include "lib/file.h"

/* The harness: returns 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
/* A harness may have one; both callers do without. */
int LLVMFuzzerInitialize(int *argc, char ***argv);

/*
 * Between fuzz_begin() and fuzz_end() the heap may grow by FUZZ_MEMORY_FIXED and factor times the
 * size of the input, and by what fuzz_allow() adds, which comes between them.
 */
#define FUZZ_MEMORY_FIXED ((size_t)2 << 20)
void fuzz_begin(size_t size, size_t factor);
void fuzz_allow(size_t size);
void fuzz_end(void);
/* What a stream may have its decoder take: XZ_MEMORY of lib/decompress.c, the largest. */
#define FUZZ_MEMORY_DECODER ((size_t)256 << 20)

/* Says what rule was broken, and ends. */
void fuzz_broken(const char *format, ...) __attribute__((noreturn, format(printf, 1, 2)));

/* The path of a file in memory that holds the bytes, until the next call. */
const char *fuzz_file(const void *data, size_t size);
/* A path in a directory of this process below /dev/shm, which goes when it ends. */
const char *fuzz_scratch(const char *name);

/*
 * Changes bytes: what change, of FUZZ_CHANGE bytes, says. Which of the anchors to count from,
 * width, 3 bytes of signed distance, 3 bytes of value.
 */
#define FUZZ_CHANGE 8
void fuzz_change(uint8_t *data, size_t size, const size_t *anchors, size_t count,
		 const uint8_t *change);

/* Reads every byte, so that a sanitizer sees where they are. */
void fuzz_read(const void *data, size_t size);

/* What is printed for people may hold no control character but tabs, and JSON must be an object of JSON. */
void fuzz_check_printable(const char *text, size_t size);
void fuzz_check_json(const char *text, size_t size);

/* An error, or NULL, that a reader came back with. True when it was none. */
bool fuzz_done(struct klpcc_error *err);

/* How the inputs of the index are read. */
typedef struct klpcc_error *fuzz_reader(struct klpcc_target *target, const char *path);

/*
 * Reads the input into a target. What the reader takes must go through to the end: into an
 * index, and out of it again without an error.
 */
void fuzz_target(const uint8_t *data, size_t size, size_t factor, fuzz_reader *reader);
/* Turns an input into what is read, in place; what is not packed stays as it is. */
typedef struct klpcc_error *fuzz_unpacker(struct klpcc_buffer *bytes);
/*
 * The same of an input that may be packed: memory in proportion to what it unpacks to, or, when
 * it does not, up to the limit on that.
 */
void fuzz_packed_target(const uint8_t *data, size_t size, fuzz_unpacker *unpack,
			fuzz_reader *reader);
/* Of a file that is compressed as a whole. */
struct klpcc_error *fuzz_unpack(struct klpcc_buffer *bytes);
/* Everything behind the readers for a target that was filled. */
void fuzz_finish_target(struct klpcc_target *target);

/* The reader of boot images. */
struct klpcc_error *fuzz_read_image(struct klpcc_target *target, const char *path);

/* Writes the index that the tests of the link have, as one of a kernel of that release. */
void fuzz_write_index(const char *path, const char *release);

struct klpcc_index;
/* Asks an index for everything that it has. */
struct klpcc_error *fuzz_walk_index(const struct klpcc_index *index);

#endif
