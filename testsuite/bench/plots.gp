# SPDX-License-Identifier: GPL-2.0-or-later
#
# The plots of docs/performance.md, from the tables that testsuite/bench/bench left in the
# current directory.

set datafile separator "\t"
set terminal svg size 720,440 font "sans-serif,14" name "klpcc" background "white"
set key top left
set grid
set style data linespoints

set output "plot-compile.svg"
set title "Compile, by externs that are not exported"
set xlabel "externs, each in a function of its own"
set ylabel "instructions, billions"
set yrange [0:*]
plot "compile-externs.tsv" using 1:($2/1e9) title "gcc", \
	"" using 1:($3/1e9) title "gcc with klpcc"

set output "plot-index.svg"
set title "Index of stock 6.1, by modules"
set xlabel "modules"
set ylabel "wall time, ms"
plot "index.tsv" using 1:2 title "klpcc index, image and modules", \
	"" using 1:3 title "nm, modules"

set logscale xy
set ylabel "instructions, millions"
set yrange [*:*]
set format x "10^{%L}"

do for [sections in "1 2000"] {
	set output "plot-link-relocations-".sections.".svg"
	set title "Link, by relocations over ".sections." section".(sections eq "1" ? "" : "s")
	set xlabel "klp relocations"
	file = "link-relocations-".sections.".tsv"
	plot file using 1:($2/1e6) title "klpcc link, mainline", \
		file using 1:($3/1e6) title "klpcc link, object", \
		file using 1:($4/1e6) title "objcopy"
}

set format x "%g"
set output "plot-link-sections.svg"
set title "Link of 100,000 relocations, by sections"
set xlabel "sections"
plot "link-sections.tsv" using 1:($2/1e6) title "klpcc link, mainline", \
	"" using 1:($3/1e6) title "klpcc link, object", "" using 1:($4/1e6) title "objcopy"

set output "plot-link-symbols.svg"
set title "Link of 100,000 relocations, by symbols"
set xlabel "symbols"
plot "link-symbols.tsv" using 1:($2/1e6) title "klpcc link, mainline", \
	"" using 1:($3/1e6) title "klpcc link, object", "" using 1:($4/1e6) title "objcopy"

set format x "10^{%L}"
set output "plot-verify.svg"
set title "Verify and show, by relocations"
set xlabel "klp relocations"
plot "verify-relocations.tsv" using 1:($2/1e6) title "klpcc verify", \
	"" using 1:($3/1e6) title "klpcc show", "" using 1:($4/1e6) title "readelf -rsW"

set format y "10^{%L}"
set output "plot-load.svg"
set title "insmod, by relocations"
set xlabel "klp relocations, each of another symbol of vmlinux"
set ylabel "thousand instructions"
plot for [kernel in "6.1 6.12 7.3"] for [form in "object mainline"] "load.tsv" \
	using (strcol(1) eq kernel ? $2 : NaN):(form eq "object" ? $3 : $4) \
	title kernel.", ".form
