# SPDX-License-Identifier: GPL-2.0-or-later
#
# bash completion for klpcc, which may be klpcc-live; needs nothing but bash. The test suite compares
# the options with --help.

# Files with one of the endings, and directories; any file if no ending is given.
_klpcc_files() {
	local current=$1 ending
	shift
	compopt -o filenames 2>/dev/null
	if [ $# = 0 ]; then
		mapfile -t COMPREPLY < <(compgen -f -- "$current")
		return
	fi
	mapfile -t COMPREPLY < <({
		compgen -d -- "$current"
		for ending; do
			compgen -f -X "!*$ending" -- "$current"
		done
	} | sort -u)
}

# Releases of the kernels that have files on this machine.
_klpcc_releases() {
	local path
	for path in /lib/modules/*/ /usr/lib/debug/lib/modules/*/; do
		[ -d "$path" ] && basename "$path"
	done | sort -u
}

# Triplets of the cross compilers that have a plugin.
_klpcc_triplets() {
	"$1" --version 2>/dev/null | sed -n 's/^plugin .*, \([^ ]*\): .*\/\1\/klpcc\.so$/\1/p'
}

# Livepatches that the kernel has.
_klpcc_loaded() {
	ls /sys/kernel/livepatch 2>/dev/null
}

# Livepatches that are installed for a kernel, in a system.
_klpcc_installed() {
	sed 's/\.ko$//; s/\.ko\..*$//' "$2/lib/modules/$1/updates/klpcc/order" 2>/dev/null
}

# The value of an option that was given: --NAME VALUE, --NAME=VALUE in one word or three, -LETTER VALUE.
_klpcc_value() {
	local i word next
	for ((i = 2; i < COMP_CWORD; i++)); do
		word=${COMP_WORDS[i]} next=${COMP_WORDS[i + 1]}
		case $word in
		"--$1" | "${2:+-$2}")
			[ "$next" = = ] && next=${COMP_WORDS[i + 2]}
			echo "$next"
			;;
		"--$1="*) echo "${word#*=}" ;;
		esac
	done
}

# klpcc-live may be installed alone, and then is klpcc.
_klpcc_commands() {
	case $(readlink -f "$(type -P "${COMP_WORDS[0]}")") in
	*/klpcc-live) ;;
	*) echo index link cflags report show tree verify match patch ;;
	esac
	echo load unload list install uninstall help
}

_klpcc_words() {
	mapfile -t COMPREPLY < <(compgen -W "$1" -- "$2")
}

_klpcc() {
	local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
	local command=${COMP_WORDS[1]} options release
	COMPREPLY=()

	if [ "$COMP_CWORD" = 1 ]; then
		case $current in
		-*) _klpcc_words "--help --usage --version" "$current" ;;
		*) _klpcc_words "$(_klpcc_commands)" "$current" ;;
		esac
		return
	fi
	# "--form=x" is one word or three, depending on COMP_WORDBREAKS.
	if [ "$current" = = ]; then
		current=
	elif [ "$previous" = = ]; then
		previous=${COMP_WORDS[COMP_CWORD - 2]}
	fi

	case $command:$previous in
	patch:--allow) _klpcc_words "asm data entry exit init inlined notrace prototype state static-key struct" "$current"; return ;;
	link:--form | link:-f | patch:--form) _klpcc_words "object mainline" "$current"; return ;;
	link:--index | link:-i | cflags:--index | cflags:-i | report:--index | report:-i | verify:--index | verify:-i | match:--index | match:-i | patch:--index | patch:-i | load:--index | load:-i | show:--index | show:-i | index:--output | index:-o)
		_klpcc_files "$current" .klpidx; return ;;
	link:--output | link:-o) _klpcc_files "$current" .ko; return ;;
	report:--output | report:-o) _klpcc_files "$current" .json; return ;;
	report:--module) return ;;
	report:--undefined) _klpcc_files "$current" .o; return ;;
	index:--release | cflags:--release | report:--release | tree:--release | patch:--release | uninstall:--release | uninstall:-r) _klpcc_words "$(_klpcc_releases)" "$current"; return ;;
	cflags:--triplet | cflags:-t)
		_klpcc_words "$(_klpcc_triplets "${COMP_WORDS[0]}")" "$current"; return ;;
	index:--debug) _klpcc_files "$current"; return ;;
	index:--modules) _klpcc_files "$current" .ko .ko.xz .ko.zst .ko.gz; return ;;
	cflags:--plan) _klpcc_files "$current" .plan .json; return ;;
	tree:--source | patch:--source) _klpcc_files "$current" .deb .tar .tar.xz .tar.gz .tar.zst; return ;;
	tree:--compiler)
		mapfile -t COMPREPLY < <(compgen -c -- "$current"); return ;;
	index:--sysroot | report:--directory | tree:--headers | tree:--output | tree:-o | patch:--headers | patch:--output | patch:-o | install:--root | uninstall:--root)
		compopt -o filenames 2>/dev/null
		mapfile -t COMPREPLY < <(compgen -d -- "$current"); return ;;
	match:--object | match:--against) _klpcc_files "$current" .o; return ;;
	match:--tree | match:--modules | patch:--tree | patch:--modules | patch:--module-dir | patch:-M)
		compopt -o filenames 2>/dev/null
		mapfile -t COMPREPLY < <(compgen -d -- "$current"); return ;;
	patch:--module-file) _klpcc_files "$current" .ko .ko.xz .ko.zst .ko.gz; return ;;
	match:--in | patch:--header-user | patch:--test-limit | load:--timeout | unload:--timeout) return ;;
	match:--image | patch:--image | patch:--test | match:--plan | match:--observation) _klpcc_files "$current"; return ;;
	index:--image | index:--vmlinux | index:--system-map | index:--kallsyms | index:--symvers)
		_klpcc_files "$current"; return ;;
	esac

	case $command in
	index) options="--output= --release= --symvers= --image= --vmlinux= --system-map= --kallsyms= --modules= --debug= --inputs --sysroot= --quiet" ;;
	link) options="--form= --index= --output=" ;;
	cflags) options="--index= --release= --triplet= --machine --plan=" ;;
	report) options="--output= --module= --release= --directory= --undefined= --index=" ;;
	show) options="--json --dot --objects --index=" ;;
	tree) options="--release= --source= --headers= --compiler= --output= --quiet" ;;
	verify) options="--index= --explain --json --running --quiet" ;;
	match) options="--index= --image= --modules= --tree= --object= --observation= --in= --plan= --against= --json --quiet" ;;
	patch) options="--release= --tree= --source= --headers= --image= --modules= --module-dir= --module-file= --index= --header-user= --form= --allow= --no-replace --output= --explain --test= --test-limit= --json --quiet" ;;
	load) options="--installed --index= --timeout= --signal --force --quiet" ;;
	unload) options="--all --timeout= --signal --force --quiet" ;;
	list) options="--json --check" ;;
	install) options="--root= --quiet" ;;
	uninstall) options="--release= --root= --quiet" ;;
	help) options= ;;
	*) return ;;
	esac
	case $current in
	-*)
		_klpcc_words "$options --help --usage --version" "$current"
		[ "${#COMPREPLY[@]}" = 1 ] && [[ ${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null
		;;
	*)
		case $command:$COMP_CWORD in
		help:2) _klpcc_words "$(_klpcc_commands)" "$current" ;;
		link:*) _klpcc_files "$current" .ko ;;
		show:*) _klpcc_files "$current" .o .ko .ko.xz .ko.zst .ko.gz .klpidx ;;
		verify:*) _klpcc_files "$current" .ko .ko.xz .ko.zst .ko.gz ;;
		match:*) _klpcc_files "$current" .c .o ;;
		patch:*) _klpcc_files "$current" .patch .diff ;;
		report:*) _klpcc_files "$current" .json ;;
		install:*) _klpcc_files "$current" .ko .ko.xz .ko.zst .ko.gz ;;
		load:*)
			_klpcc_files "$current" .ko .ko.xz .ko.zst .ko.gz
			mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W "$(_klpcc_installed "$(uname -r)" "")" -- "$current")
			;;
		unload:*) _klpcc_words "$(_klpcc_loaded)" "$current" ;;
		uninstall:*)
			release=$(_klpcc_value release r | tail -n 1)
			_klpcc_words "$(_klpcc_installed "${release:-$(uname -r)}" "$(_klpcc_value root | tail -n 1)")" "$current"
			;;
		esac
		;;
	esac
}

complete -F _klpcc klpcc
