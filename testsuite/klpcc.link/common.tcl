# SPDX-License-Identifier: GPL-2.0-or-later
#
# What the .exp files of this area share.
#
#   link_assemble NAME SOURCE ?LDFLAG...?
#	Assembles the file SOURCE and runs it through `ld -r`, as kbuild does, in a new
#	scratch directory. Returns the path of NAME.ko; throws the tools' message.
#   link_source NAME TEXT
#	The same for a source that is given as text, which starts after module.inc. `call NAME`
#	and `ret` are the board's.
#   link_symbol KO SYMBOL
#	Where a symbol is, as messages say it; throws when there is none.
#   link_section KO SECTION
#	"section [N] 'SECTION'", as messages say it; throws when there is none.
#   link_refused NAME KO MESSAGE ?ARG...?
#	One test: `klpcc link ARGS NAME.ko`, in the module's directory, says exactly
#	"klpcc link: error: NAME.ko: MESSAGE", leaves the module as it was and no other
#	file. MESSAGE that starts with "!" stands alone, without the module's name.
#   link_thunks KO
#	What there is of expolines in an s390x module, as text that is the same wherever in the file
#	and the symbol table it stands: bytes of thunks and of the tables of their sites, with
#	relocations, and the groups.
#   link_audit
#	The path of the program audit FORM BEFORE AFTER (audit.c); "" after a FAIL.

proc link_assemble { name source args } {
	global srcdir subdir

	set dir [klpcc_scratch $name]
	set include [file join $srcdir $subdir]
	set prefix [board_info [target_info name] binutils]
	foreach command [list \
		[list ${prefix}as -I $include -o $name.o $source] \
		[concat ${prefix}ld -r $args [list -o $name.ko $name.o]]] {
		lassign [klpcc_exec -dir $dir {*}$command] status out err
		if { $status ne "0" } {
			error "[lindex $command 0]: $out$err"
		}
	}
	file delete $dir/$name.o
	return $dir/$name.ko
}

proc link_source { name text } {
	set source [file join [klpcc_scratch sources] $name.s]
	set instructions ""
	if {[istarget s390x-*-*]} {
		# The quotes: names may hold what is an operator to the assembler.
		set instructions "\t.macro call name\n\tbrasl %r14, \"\\name\"\n\t.endm\n\t.macro\
			ret\n\tbr %r14\n\t.endm\n"
	}
	klpcc_write $source "\t.include \"module.inc\"\n$instructions$text\n"
	return [link_assemble $name $source]
}

# "section [N] '.symtab': symbol M", as messages have it.
proc link_symbol { ko symbol } {
	set name [string map {. \\. $ \\$} $symbol]
	if {![regexp -line "^(\\d+): .* $name\$" [klpcc_readelf -sW $ko] - number] ||
	    ![regexp {\[ *(\d+)\] \.symtab} [klpcc_readelf -SW $ko] - table]} {
		error "[file tail $ko]: no symbol $symbol"
	}
	return "section \[$table\] '.symtab': symbol $number"
}

proc link_section { ko section } {
	set pattern "\\\[ *(\\d+)\\\] [string map {. \\. _ _} $section] "
	if {![regexp $pattern [klpcc_readelf -SW $ko] - number]} {
		error "[file tail $ko]: no section $section"
	}
	return "section \[$number\] '$section'"
}

proc link_refused { name ko message args } {
	set dir [file dirname $ko]
	set before [klpcc_read $ko]
	set files [lsort [glob -tails -directory $dir *]]
	lassign [klpcc_run -dir $dir link {*}$args [file tail $ko]] status out err

	if {[string index $message 0] eq "!"} {
		set wanted "klpcc link: error: [string range $message 1 end]\n"
	} else {
		set wanted "klpcc link: error: [file tail $ko]: $message\n"
	}
	set why ""
	if { $status ne "1" || $out ne "" } {
		append why "exit status $status, output \"$out\"\n"
	}
	if { $err ne $wanted } {
		append why "said:      $err\nshould be: $wanted\n"
	}
	if {[klpcc_read $ko] ne $before} {
		append why "the module was changed\n"
	}
	if {[lsort [glob -tails -directory $dir *]] ne $files} {
		append why "files: [lsort [glob -tails -directory $dir *]]\n"
	}
	klpcc_check $name [expr { $why eq "" }] $why
}

proc link_thunks { ko } {
	set names {\.(?:text\.__s390_indirect|s390_indirect|s390_return)\S*}
	set text ""
	foreach {- name} [regexp -all -inline "\\] ($names) " [klpcc_readelf -SW $ko]] {
		append text [klpcc_readelf [list -x $name] $ko]
	}
	foreach {- name entries} [regexp -all -inline \
		"'(\\.rela$names)' \[^\n\]*\n\[^\n\]*\n((?:\[0-9a-f\]{16} \[^\n\]*\n?)+)" \
		[klpcc_readelf -rW $ko]] {
		# Numbers of symbols change: the name and what it stands for do not.
		regsub -all -line {^(\S+) \S+ } $entries {\1 } entries
		append text "$name\n$entries"
	}
	foreach {- group member} [regexp -all -inline \
		{\[(__s390_\S+)\] contains[^\n]*\n[^\n]*\n\[ *\d+\] (\S+)} [klpcc_readelf -gW $ko]] {
		append text "$group: $member\n"
	}
	return $text
}

proc link_audit { } {
	global srcdir subdir klpcc

	set program [file join [klpcc_scratch audit] audit]
	set sources [list $srcdir/$subdir/audit-main.c $srcdir/$subdir/audit.c \
		$klpcc(build)/libklpcc-tool.a]
	if {[klpcc_compile $klpcc(cflags) [concat $sources $klpcc(ldlibs)] $program]} {
		return $program
	}
	return ""
}
