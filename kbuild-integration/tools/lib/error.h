/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Error objects of the host tools and of the index reader inside the plugin.
 *
 * A function that can fail returns `struct klpcc_error *`: NULL is success. The caller owns
 * the error and prefixes it with the place that it knows (file, section, entry), passes it
 * on, or frees it. Only the tool's main prints it, once, as one line.
 */
#ifndef KLPCC_ERROR_H
#define KLPCC_ERROR_H

#ifdef __cplusplus
extern "C" {
#endif

struct klpcc_error {
	int code; /* positive errno; EINVAL where none fits */
	char *message;
};

#define KLPCC_MUST_CHECK __attribute__((__warn_unused_result__))
#define KLPCC_PRINTF(text, first) __attribute__((__format__(__printf__, text, first)))

/* A new error. Never NULL: without memory a shared ENOMEM error comes back. */
struct klpcc_error *klpcc_error_new(int code, const char *format, ...) KLPCC_MUST_CHECK
	KLPCC_PRINTF(2, 3);

/* "<format>: strerror(code)" */
struct klpcc_error *klpcc_error_errno(int code, const char *format, ...) KLPCC_MUST_CHECK
	KLPCC_PRINTF(2, 3);

/* The shared out-of-memory error; needs no free, but may be freed. */
struct klpcc_error *klpcc_error_nomem(void) KLPCC_MUST_CHECK;

/* Turns "message" into "<format>: message". Consumes err; passes NULL through. */
struct klpcc_error *klpcc_error_prefix(struct klpcc_error *err, const char *format,
				       ...) KLPCC_MUST_CHECK KLPCC_PRINTF(2, 3);

void klpcc_error_free(struct klpcc_error *err);

#ifdef __cplusplus
}
#endif
#endif
