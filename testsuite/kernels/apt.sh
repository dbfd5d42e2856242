# SPDX-License-Identifier: GPL-2.0-or-later
#
# Sourced by what fetches packages, also of another Debian suite or architecture than the
# machine's: the same mirror, the same keys, another name. Nothing is installed.
#
# The caller has set cache, a directory, log, a file in it, and suite, "" for the machine's; it has
# say(), and holds a lock of the cache.

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

# ---- apt, as the machine has it or aimed at another suite ---------------------------------

apt_options=()
tried_update=false
aimed=

# Sets apt_options so that apt-get and apt-cache see the suite $1, for the architecture $2 (the
# machine's), and nothing else.
aim_apt() {
	local suite=$1 dir=$cache/apt-$1${2:+-$2}

	aimed=$dir
	mkdir -p "$dir/state/lists/partial" "$dir/cache/archives/partial"
	rm -rf "$dir/sources"
	derive_sources "$suite" "$dir/sources"
	apt_options=(
		-o "Dir::State=$dir/state" -o "Dir::State::status=/var/lib/dpkg/status"
		-o "Dir::Cache=$dir/cache"
		-o "Dir::Etc::sourcelist=/dev/null" -o "Dir::Etc::sourceparts=$dir/sources"
		-o "Acquire::Languages=none"
	)
	if [ -n "${2-}" ]; then
		: >"$dir/status"
		apt_options+=(-o "APT::Architecture=$2" -o "APT::Architectures=$2"
			-o "Dir::State::status=$dir/status")
	fi
}

# A failure is not the end: another entry may have brought what is needed, or the cache has it.
update_lists() {
	local as_root=()

	# Once in a run.
	! $tried_update || return 1
	tried_update=true
	say "updating the package lists${suite:+ of $suite}"
	if [ -z "$aimed" ] && [ "$(id -u)" -ne 0 ]; then
		as_root=(sudo -n)
	fi
	if ! "${as_root[@]}" apt-get "${apt_options[@]}" -q -o APT::Update::Error-Mode=any \
		update >"$log" 2>&1; then
		say "the package lists could not all be updated:"
		grep -E '^(E|W|Err)' "$log" >&2 || tail -n 3 "$log" >&2
		return 1
	fi
	if [ -n "$aimed" ]; then
		touch "$aimed/updated"
	fi
}

# Once a day is enough: a kernel that a test used this morning is good this afternoon.
update_lists_daily() {
	if [ -z "$(find "$aimed/updated" -mtime -1 2>/dev/null)" ]; then
		update_lists || true
	fi
}

# "PACKAGE VERSION" of each installed package whose name matches $1, in apt's idea of the system.
list_installed() {
	local status
	eval "$(apt-config shell status Dir::State::status/f)"
	dpkg-query --admindir="${status%/*}" -W -f '${db:Status-Status} ${Package} ${Version}\n' \
		"$1" 2>/dev/null | sed -n 's/^installed //p'
}

candidate_version() {
	apt-cache "${apt_options[@]}" policy "$1" 2>/dev/null |
		sed -n 's/^ *Candidate: //p' | grep -v '^(none)$'
}

# The parts of package $1: since 7.3 the image and the modules are packages of their own, which
# the package of the old name pulls in in exactly its own version $2.
parts() {
	echo "$1=$2"
	if [[ $1 = linux-image-* ]]; then
		apt-cache "${apt_options[@]}" show "$1=$2" | sed -n "s/^Depends: //p" |
			tr , "\n" | sed -n "s/^ *\([^ ]*\) (= ${2//./\\.})\$/\1=$2/p"
	fi
}

# Downloads package $1 in version $2 and unpacks it as $3, all or nothing.
fetch() {
	local package=$1 version=$2 dir=$3 work=$cache/.fetch deb
	local -a debs

	# Only the holder of the lock is here, so what stands there was left by a killed run.
	rm -rf "$work"
	mkdir -p "$work/deb" "$work/root"
	say "downloading $package $version"
	mapfile -t debs < <(parts "$package" "$version")
	# The sandbox user of apt cannot write into a private directory.
	(cd "$work/deb" &&
		apt-get "${apt_options[@]}" -o APT::Sandbox::User=root -q download \
			"${debs[@]}" >"$log" 2>&1) || return 1
	say "unpacking it"
	for deb in "$work"/deb/*.deb; do
		dpkg-deb -x "$deb" "$work/root"
	done
	echo "${package#linux-*-}" > "$work/root/release"
	mv "$work/root" "$dir"
	rm -rf "$work"
}
