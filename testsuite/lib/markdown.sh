# SPDX-License-Identifier: GPL-2.0-or-later
#
# For scripts that write tables into a text of docs/, between its markers
#
#	<!-- WORD: NAME -->
#	<!-- end -->

# A table of Markdown from tab-separated lines; the first argument is its head.
table() {
	awk -F '\t' -v head="$1" 'function row(   i) {
		printf "|"
		for (i = 1; i <= NF; i++)
			printf " %s |", $i
		print ""
	}
	BEGIN {
		n = split(head, names, "|")
		printf "|"
		for (i = 1; i <= n; i++) printf " %s |", names[i]
		printf "\n|"
		for (i = 1; i <= n; i++) printf i == 1 ? " --- |" : " ---: |"
		print ""
	}
	!/^#/ { row() }'
}

# fill WORD PAGE: writes what `block NAME` prints between the markers, where `is_new NAME` says that
# there is something to write; all or nothing.
fill() {
	local line name new
	new=$(mktemp)
	while IFS= read -r line; do
		printf '%s\n' "$line"
		case $line in
		"<!-- $1: "*)
			name=${line#<!-- "$1": }
			name=${name% -->}
			is_new "$name" || continue
			printf '\n'
			block "$name"
			printf '\n'
			while IFS= read -r line && [ "$line" != '<!-- end -->' ]; do :; done
			printf '%s\n' "$line"
			;;
		esac
	done <"$2" >"$new"
	cat "$new" >"$2"
	rm "$new"
}
