// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Label: see label.h.
 */
#include "label.h"
#include "unit.h"

static const char *kept_text(struct klpcc_span span)
{
	tree name = get_identifier_with_length(span.start, span.len);

	klpcc_keep(name);
	return IDENTIFIER_POINTER(name);
}

int klpcc_label_read(struct klpcc_request *request, const char **bare)
{
	struct klpcc_span label = klpcc_span_of(request->symbol);
	const bool quoted = label.len >= 2 && label.start[0] == '"' &&
			    label.start[label.len - 1] == '"';
	struct klpcc_ref ref;
	int error;

	if (quoted)
		label = { label.start + 1, label.len - 2 };
	error = klpcc_foreign_mark_parse(label.start, label.len, &ref);
	if (error == -KLPCC_NAME_NOT_OURS)
		return 0;
	if (error || !quoted) {
		*bare = kept_text(label);
		return error ? error : KLPCC_LABEL_UNQUOTED;
	}
	request->symbol = kept_text(ref.symbol);
	request->object = kept_text(ref.object);
	request->gate = kept_text(ref.gate);
	request->sympos = ref.sympos;
	request->has_sympos = true;
	request->labelled = true;
	return 0;
}
