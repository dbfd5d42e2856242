# SPDX-License-Identifier: GPL-2.0-or-later
#
# Sourced by what fetches from another Debian suite than the machine's: the same mirror, the same
# keys, another name.

# Rewrites the machine's sources for one other suite: every entry for the release itself
# becomes an entry for $1, with its mirror and its key; all others go.
derive_sources() {
	local suite=$1 out=$2 codename file
	# shellcheck source=/dev/null
	codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
	local base="^(${codename:-stable}|stable|oldstable|oldoldstable)\$"

	mkdir -p "$out"
	for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
		[ -f "$file" ] || continue
		awk -v base="$base" -v suite="$suite" '
			$1 != "deb" { next }
			{
				n = 2
				if ($2 ~ /^\[/)
					while (n < NF && $(n) !~ /\]$/)
						n++
				n += ($2 ~ /^\[/) ? 2 : 1
				if ($(n) ~ base) {
					$(n) = suite
					print
				}
			}' "$file" > "$out/${file##*/}"
	done
	for file in /etc/apt/sources.list.d/*.sources; do
		[ -f "$file" ] || continue
		awk -v base="$base" -v suite="$suite" '
			BEGIN { RS = ""; FS = "\n"; ORS = "\n\n" }
			{
				text = ""; fits = 0; binary = 1
				for (i = 1; i <= NF; i++) {
					line = $(i)
					key = tolower(line)
					if (line ~ /^#/)
						continue
					if (key ~ /^enabled:[ \t]*(no|false|0)/)
						binary = 0
					if (key ~ /^types:/)
						line = (key ~ /[ \t:]deb([ \t]|$)/) ? "Types: deb" : "Types: deb-src"
					if (line == "Types: deb-src")
						binary = 0
					if (key ~ /^suites:/) {
						count = split(line, word, /[ \t]+/)
						for (w = 2; w <= count; w++)
							if (word[w] ~ base)
								fits = 1
						line = "Suites: " suite
					}
					text = text line "\n"
				}
				if (fits && binary)
					printf "%s\n", text
			}' "$file" > "$out/${file##*/}"
	done
}
