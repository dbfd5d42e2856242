# SPDX-License-Identifier: GPL-2.0-or-later
#
# Builds the klpcc tool and the GCC plugin, and starts the demo and the tests.
#
#   make                    build/klpcc, build/klpcc-live and build/klpcc.so
#   make live               build/klpcc-live alone, for machines that are patched
#   make plugin CROSS_COMPILE=s390x-linux-gnu-   build/s390x-linux-gnu/klpcc.so
#   make demo               a fix and the sample patch on a stock Debian kernel in qemu; ARCH=s390:
#                           the sample on one for s390 that is built for it
#   make check              the whole test suite; AREA="link mark", BOARD=s390x-cross and
#                           RUNTESTFLAGS=mark.exp=call-1.c pick from it
#   make check-all          what make check does with a part of its files or changes, with all;
#                           make check-all-docs puts it into docs/files.md
#   make check-kernels      the resolver's tests and fixes on Debian's 6.12 and 7.3, klpcc-live and changed files on 6.12;
#                           KERNELS=7.3 picks; needs root
#   make check-peers        livepatches of the kernel's own klp-build, for a 7.3 that it builds; needs root
#   make bench              speed, measured against limits; PART="compile index" picks;
#                           make bench-docs puts it into docs/performance.md
#   make resolver           klpcc_resolver.ko for a kernel: KLPCC_RELEASE=, KLPCC_IMAGE=,
#                           KLPCC_KDIR=, DEST=DIR to have it there
#   make deps               the Debian packages that a build and a patch module need; demo
#                           and check install theirs by themselves (NO_DEPS=1: they do not)
#   make fuzz               every reader on any bytes, with clang; FUZZ_S=60 seconds each,
#                           FUZZ="link elf" picks some
#   make docs               the man pages, with scdoc
#   make install            below PREFIX=/usr/local, DESTDIR= in front of it; mandir, docdir,
#                           datadir, pkgconfigdir and systemdunitdir move what they name
#   make install-live       the same with klpcc-live alone, which is klpcc, too, until `make install`
#   make uninstall          takes away what these two put there
#   make SANITIZE=1 ...     the tools with ASan and UBSan; make check then has plugins with both
#   make WERROR=1 ...       as CI builds
#   make BUILD=DIR ...      another build directory than build/

VERSION := 0.1.0

# Sanitizer objects live apart from the others.
BUILD ?= build$(if $(SANITIZE),/sanitize)
# One name for one directory, as what was built knows its parts by name. Not patsubst: there may
# be blanks.
override BUILD := $(subst ^,,$(subst ^$(CURDIR)/,,^$(BUILD)))
# make has defaults of its own for these two.
ifeq ($(origin CC),default)
CC := gcc
endif
ifeq ($(origin CXX),default)
CXX := g++
endif
PKG_CONFIG ?= pkg-config
# Which kernels the tests and the demo take is decided once in a run, by testsuite/kernels/choose,
# which notes it in this file: the outermost make names it.
ifndef CHOSEN_KERNELS
export CHOSEN_KERNELS := $(abspath $(BUILD))/chosen/$(shell echo $$PPID)
$(shell rm -f "$(CHOSEN_KERNELS)")
endif
Q := $(if $(V),,@)
say = $(if $(V),,@printf '  %-7s %s\n' '$(1)' '$(2)')

all: tools live plugin docs

# ---- flags -------------------------------------------------------------------------------

# Nothing here may need a package while make only reads this file: `make deps` comes first.
# once: the value of $(2), found when it is first used and kept under the name $(1).
once = $(eval $(1) := $$(2))$(2)

WARN := -Wall -Wextra -Wshadow -Wundef -Wwrite-strings -Wvla $(if $(WERROR),-Werror)
comma := ,
SANFLAGS := $(if $(SANITIZE),-fsanitize=address$(comma)undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
TOOL_LIBS := libbpf libelf libzstd liblzma zlib json-c
# Loaded when it is needed: linked to, it would cost every start of the tool.
TOOL_LOADS := libdw
MISSING_LIBS = the libraries $(TOOL_LIBS) $(TOOL_LOADS) or $(PKG_CONFIG) are missing; `make deps` installs them
LIB_CFLAGS = $(call once,LIB_CFLAGS,$(if $(shell $(PKG_CONFIG) --exists $(TOOL_LIBS) $(TOOL_LOADS) 2>&1 || echo no),$(error $(MISSING_LIBS)),$(shell $(PKG_CONFIG) --cflags $(TOOL_LIBS) $(TOOL_LOADS))))
# libbpf statically where the machine has it so: tools/target/types.c says why.
STATIC_BPF = $(filter /%,$(shell $(CC) -print-file-name=libbpf.a 2>/dev/null))
LIB_LDLIBS = $(call once,LIB_LDLIBS,$(patsubst -lbpf,$(or $(STATIC_BPF),-lbpf),$(shell $(PKG_CONFIG) --libs $(TOOL_LIBS))))
TOOL_CFLAGS = -std=gnu11 -O2 -g -D_GNU_SOURCE -DKLPCC_VERSION='"$(VERSION)"' $(WARN) \
	-Wstrict-prototypes -Wmissing-prototypes $(SANFLAGS) \
	-Iruntime/format -Ikbuild-integration/tools $(LIB_CFLAGS) $(CFLAGS)
TOOL_LDLIBS = $(LIB_LDLIBS) $(LDFLAGS)

# Objects depend on a file that says how they are compiled and changes when that does, and
# what is linked on one for that. A compiler that was upgraded may be as old as its package: its
# version is in there, too.
version = $(shell $(1) --version 2>/dev/null | head -n 1)
define flags_file
$(1): export KLPCC_FLAGS = $(2)
$(1): FORCE
	@mkdir -p $$(@D)
	@printf '%s\n' "$$$$KLPCC_FLAGS" | cmp -s - $$@ || printf '%s\n' "$$$$KLPCC_FLAGS" >$$@
endef

# ---- the klpcc tool ----------------------------------------------------------------------

FORMAT_SRC := $(wildcard runtime/format/*.c)
TOOL_SRC := $(FORMAT_SRC) $(wildcard kbuild-integration/tools/*.c kbuild-integration/tools/*/*.c)
TOOL_OBJ := $(TOOL_SRC:%.c=$(BUILD)/tool/%.o)

HEADERS := $(patsubst runtime/%,$(BUILD)/%,$(wildcard $(addprefix runtime/include/,*.h */*.h */*/*.h)))

tools: $(BUILD)/klpcc $(HEADERS) $(BUILD)/klpcc.mk $(BUILD)/boot/run

$(BUILD)/klpcc: $(TOOL_OBJ) $(BUILD)/tool/link-flags
	$(call say,LD,$@)
	$(Q)$(CC) $(SANFLAGS) -o $@ $(TOOL_OBJ) $(TOOL_LDLIBS)

$(BUILD)/tool/%.o: %.c $(BUILD)/tool/flags
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(TOOL_CFLAGS) -MMD -MP -c -o $@ $<

$(eval $(call flags_file,$(BUILD)/tool/flags,$$(CC) $$(TOOL_CFLAGS) $$(call version,$$(CC))))
$(eval $(call flags_file,$(BUILD)/tool/link-flags,$$(CC) $(TOOL_OBJ) $$(TOOL_LDLIBS)))

# Where a build directory has them, the tool finds them: the directory may be anywhere.
$(BUILD)/include/%.h: runtime/include/%.h
	@install -D -m 644 $< $@

# The same for `klpcc patch`.
$(BUILD)/klpcc.mk $(BUILD)/boot/run: $(BUILD)/%: kbuild-integration/%
	@mkdir -p $(@D)
	@ln -sfr $< $@

# The tool without its main: what the unit tests link against.
$(BUILD)/libklpcc-tool.a: $(filter-out %/tools/main.o,$(TOOL_OBJ)) $(BUILD)/tool/link-flags
	$(call say,AR,$@)
	@rm -f $@
	$(Q)$(AR) rcs $@ $(filter %.o,$^)

# ---- klpcc-live --------------------------------------------------------------------------

# What it shares with the tool: no more than it uses, as it is to be installed alone.
LIVE_SRC := $(wildcard runtime/live/*.c) kbuild-integration/tools/commands.c \
	kbuild-integration/tools/options.c $(addprefix kbuild-integration/tools/lib/,error.c file.c \
	json.c map.c message.c nearest.c printable.c progress.c run.c stop.c table.c words.c)
LIVE_OBJ := $(LIVE_SRC:%.c=$(BUILD)/live/%.o)
LIVE_LIBS := libkmod json-c
MISSING_KMOD = the libraries $(LIVE_LIBS) or $(PKG_CONFIG) are missing; `make deps` installs them
LIVE_PKG_CFLAGS = $(call once,LIVE_PKG_CFLAGS,$(if $(shell $(PKG_CONFIG) --exists $(LIVE_LIBS) 2>&1 || echo no),$(error $(MISSING_KMOD)),$(shell $(PKG_CONFIG) --cflags $(LIVE_LIBS))))
LIVE_CFLAGS = -std=gnu11 -O2 -g -D_GNU_SOURCE -DKLPCC_VERSION='"$(VERSION)"' $(WARN) \
	-Wstrict-prototypes -Wmissing-prototypes $(SANFLAGS) \
	-Iruntime/format -Ikbuild-integration/tools $(LIVE_PKG_CFLAGS) $(CFLAGS)
LIVE_LDLIBS = $(call once,LIVE_PKG_LDLIBS,$(shell $(PKG_CONFIG) --libs $(LIVE_LIBS))) $(LDFLAGS)

live: $(BUILD)/klpcc-live

$(BUILD)/klpcc-live: $(LIVE_OBJ) $(BUILD)/live/link-flags
	$(call say,LD,$@)
	$(Q)$(CC) $(SANFLAGS) -o $@ $(LIVE_OBJ) $(LIVE_LDLIBS)

$(BUILD)/live/%.o: %.c $(BUILD)/live/flags
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(LIVE_CFLAGS) -MMD -MP -c -o $@ $<

$(eval $(call flags_file,$(BUILD)/live/flags,$$(CC) $$(LIVE_CFLAGS) $$(call version,$$(CC))))
$(eval $(call flags_file,$(BUILD)/live/link-flags,$$(CC) $(LIVE_OBJ) $$(LIVE_LDLIBS)))

# ---- the plugin --------------------------------------------------------------------------

# The compiler that loads the plugin decides which headers it is built with; the plugin
# itself always runs on this machine, so the compiler that builds it is the native one.
TRIPLET := $(notdir $(CROSS_COMPILE:%-=%))
PLUGIN_DIR := $(BUILD)$(if $(TRIPLET),/$(TRIPLET))
PLUGIN_GCC ?= $(if $(CROSS_COMPILE),$(CROSS_COMPILE)gcc,$(CC))
MISSING_HEADERS = $(PLUGIN_GCC) is missing or has no headers for plugins; `make deps` installs gcc-N-plugin-dev
PLUGIN_INC = $(call once,PLUGIN_INC,$(or $(patsubst %/gcc-plugin.h,%,$(wildcard $(shell $(PLUGIN_GCC) -print-file-name=plugin 2>/dev/null)/include/gcc-plugin.h)),$(error $(MISSING_HEADERS))))
PLUGIN_TRIPLET = $(call once,PLUGIN_TRIPLET,$(shell $(PLUGIN_GCC) -dumpmachine))
PLUGIN_CXXFLAGS = -std=gnu++17 -O2 -g -fPIC -fno-rtti -fno-exceptions $(WARN) -Wno-unused-parameter \
	-DKLPCC_VERSION='"$(VERSION)"' -DKLPCC_TRIPLET='"$(PLUGIN_TRIPLET)"' -Iruntime/format \
	-Ikbuild-integration/tools -Iplugin -isystem $(PLUGIN_INC) $(JSON_CFLAGS) $(CXXFLAGS)
PLUGIN_CFLAGS = -std=gnu11 -O2 -g -fPIC -D_GNU_SOURCE $(WARN) -Iruntime/format \
	-Ikbuild-integration/tools $(JSON_CFLAGS) $(CFLAGS)
JSON_CFLAGS = $(call once,JSON_CFLAGS,$(if $(LIB_CFLAGS),)$(shell $(PKG_CONFIG) --cflags json-c))
PLUGIN_LDLIBS = $(call once,JSON_LDLIBS,$(shell $(PKG_CONFIG) --libs json-c libzstd)) $(LDFLAGS)
# What the plugin shares with the tool: the format module and the index reader.
PLUGIN_CSRC := $(FORMAT_SRC) $(wildcard kbuild-integration/tools/index/*.c) \
	kbuild-integration/tools/plan/read.c \
	$(addprefix kbuild-integration/tools/lib/,error.c file.c json-file.c map.c printable.c)
PLUGIN_SRC := $(wildcard plugin/*.cc)
PLUGIN_OBJ := $(PLUGIN_SRC:%.cc=$(PLUGIN_DIR)/so/%.o) $(PLUGIN_CSRC:%.c=$(PLUGIN_DIR)/so/%.o)

plugin: $(PLUGIN_DIR)/klpcc.so

$(PLUGIN_DIR)/klpcc.so: $(PLUGIN_OBJ) $(PLUGIN_DIR)/so/link-flags
	$(call say,LD,$@)
	$(Q)$(CXX) -shared -o $@ $(PLUGIN_OBJ) $(PLUGIN_LDLIBS)

# GCC's headers count here, which are system headers: -MD.
$(PLUGIN_DIR)/so/%.o: %.cc $(PLUGIN_DIR)/so/flags
	@mkdir -p $(@D)
	$(call say,CXX,$<)
	$(Q)$(CXX) $(PLUGIN_CXXFLAGS) -MD -MP -c -o $@ $<

$(PLUGIN_DIR)/so/%.o: %.c $(PLUGIN_DIR)/so/c-flags
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(PLUGIN_CFLAGS) -MMD -MP -c -o $@ $<

# The plugin is for the very compiler whose headers it was built with.
$(eval $(call flags_file,$(PLUGIN_DIR)/so/flags,$$(CXX) $$(PLUGIN_CXXFLAGS) $$(call version,$$(CXX)) $$(call version,$$(PLUGIN_GCC))))
$(eval $(call flags_file,$(PLUGIN_DIR)/so/c-flags,$$(CC) $$(PLUGIN_CFLAGS) $$(call version,$$(CC))))
$(eval $(call flags_file,$(PLUGIN_DIR)/so/link-flags,$$(CXX) $(PLUGIN_OBJ) $$(PLUGIN_LDLIBS)))

-include $(TOOL_OBJ:.o=.d) $(LIVE_OBJ:.o=.d) $(PLUGIN_OBJ:.o=.d)

# ---- the resolver ------------------------------------------------------------------------

# A module of the kernel, so built as any patch is: by klpcc.mk, with its variables. What else was
# said to this make is not for the kernel's: CC here is the compiler of the tool.
RESOLVER_SETTINGS = $(foreach v,$(filter KLPCC_% ARCH CROSS_COMPILE V,$(.VARIABLES)),$(if \
	$(filter command,$(firstword $(origin $v))),$v="$($v)"))

resolver:
	+$(Q)$(MAKE) --no-print-directory tools plugin
	+$(Q)unset CC CXX; MAKEFLAGS="$${MAKEFLAGS%% -- *}" \
		$(MAKE) --no-print-directory -f kbuild-integration/klpcc.mk klp-resolver \
		KLPCC_BUILD="$(abspath $(BUILD))" O="$(or $(DEST),$(BUILD)/resolver)" $(RESOLVER_SETTINGS)

# ---- man pages ---------------------------------------------------------------------------

MAN := $(patsubst docs/man/%.scd,$(BUILD)/man/%,$(wildcard docs/man/*.scd))

docs: $(MAN)

$(BUILD)/man/%: docs/man/%.scd
	@mkdir -p $(@D)
	$(call say,MAN,$@)
	$(Q)scdoc <$< >$@

# ---- install -----------------------------------------------------------------------------

# klpcc.mk and the tool find each other, the plugin and klpcc.h from where they are, so these
# have fixed places below PREFIX. What is elsewhere in a distribution has a variable with its
# GNU name.
prefix ?= /usr/local
PREFIX ?= $(prefix)
datadir ?= $(PREFIX)/share
mandir ?= $(datadir)/man
docdir ?= $(datadir)/doc/klpcc
pkgconfigdir ?= $(PREFIX)/lib/pkgconfig
systemdunitdir ?= $(PREFIX)/lib/systemd/system
parts := $(PREFIX)/lib/klpcc

# MODE|SOURCE|DESTINATION; @: with the prefix filled in.
define LIVE_FILES
755|$(BUILD)/klpcc-live|$(PREFIX)/bin/klpcc-live
644|@runtime/live/klpcc.service.in|$(systemdunitdir)/klpcc.service
644|kbuild-integration/completions/klpcc.bash|$(datadir)/bash-completion/completions/klpcc
644|kbuild-integration/completions/_klpcc|$(datadir)/zsh/site-functions/_klpcc
endef
# klpcc.1 has what is the same for all commands.
LIVE_MAN := $(addprefix $(BUILD)/man/klpcc,$(addsuffix .1,-load -unload -list -install -uninstall) .1)
define LIVE_INSTALL_LIST
$(LIVE_FILES)
link|klpcc-live|$(PREFIX)/bin/klpcc
$(call installed,$(LIVE_MAN),$(mandir)/man1)
endef
define INSTALL_LIST
755|$(BUILD)/klpcc|$(PREFIX)/bin/klpcc
$(LIVE_FILES)
644|$(PLUGIN_DIR)/klpcc.so|$(parts)$(if $(TRIPLET),/$(TRIPLET))/klpcc.so
644|kbuild-integration/klpcc.mk|$(parts)/klpcc.mk
755|kbuild-integration/klpcc-build|$(parts)/klpcc-build
755|kbuild-integration/boot/run|$(parts)/boot/run
$(call installed,$(addprefix kbuild-integration/boot/,init guest.sh livepatch.sh watch.c),$(parts)/boot)
644|runtime/include/klpcc.h|$(parts)/include/klpcc.h
$(call installed,$(wildcard runtime/include/compat/*.h),$(parts)/include/compat)
$(call installed,$(wildcard runtime/include/compat/linux/*.h),$(parts)/include/compat/linux)
$(call installed,runtime/resolver/Kbuild $(wildcard runtime/resolver/*.[ch]),$(parts)/resolver)
$(call installed,$(wildcard runtime/format/*.[ch]),$(parts)/format)
644|@kbuild-integration/klpcc.pc.in|$(pkgconfigdir)/klpcc.pc
644|NEWS.md|$(docdir)/NEWS.md
644|docs/guide.md|$(docdir)/guide.md
644|docs/diagnostics.md|$(docdir)/diagnostics.md
644|docs/format.md|$(docdir)/format.md
644|docs/resolver.md|$(docdir)/resolver.md
644|docs/s390.md|$(docdir)/s390.md
644|kbuild-integration/sample/patch.c|$(docdir)/examples/sample/patch.c
644|kbuild-integration/sample/cmdline.patch|$(docdir)/examples/sample/cmdline.patch
644|kbuild-integration/sample/cmdline.sh|$(docdir)/examples/sample/cmdline.sh
644|kbuild-integration/sample/Kbuild|$(docdir)/examples/sample/Kbuild
644|@kbuild-integration/sample/Makefile|$(docdir)/examples/sample/Makefile
$(call installed,$(filter %.1,$(MAN)),$(mandir)/man1)
$(call installed,$(filter %.5,$(MAN)),$(mandir)/man5)
$(call installed,$(filter %.7,$(MAN)),$(mandir)/man7)
endef
define newline


endef
# Lines for the files $1, in the directory $2.
installed = $(subst $(newline) ,$(newline),$(foreach file,$1,644|$(file)|$2/$(notdir $(file))$(newline)))

install: export KLPCC_FILES = $(INSTALL_LIST)
install-live: export KLPCC_FILES = $(LIVE_INSTALL_LIST)
install install-live uninstall: export DESTDIR := $(DESTDIR)
install install-live uninstall: export PREFIX := $(PREFIX)
install install-live uninstall: export VERSION := $(VERSION)

install: all
install-live: live $(LIVE_MAN)
# One record for both: whatever came first, uninstall takes both away.
install install-live:
	$(Q)printf '%s\n' "$$KLPCC_FILES" | kbuild-integration/install-files install "$(parts)/installed"

# Whatever was installed there, with a plugin for a cross compiler or without.
uninstall:
	$(Q)kbuild-integration/install-files uninstall "$(parts)/installed"

# ---- the demo and the tests --------------------------------------------------------------

deps:
	$(Q)testsuite/install-packages build patch own try

demo:
	$(if $(NO_DEPS),,$(Q)testsuite/install-packages build patch boot $(DEMO_MACHINE))
	+$(Q)$(MAKE) --no-print-directory all
	+$(if $(DEMO_MACHINE),$(Q)$(MAKE) --no-print-directory plugin CROSS_COMPILE=s390x-linux-gnu-)
	$(Q)testsuite/demo.sh "$(BUILD)" $(ARCH)

DEMO_MACHINE = $(filter s390,$(ARCH))

# The tests compile for s390x too, with a plugin for that compiler. One make after the other:
# with -j, check-run would start beside a plugin that is still being linked.
check:
	$(if $(NO_DEPS),,$(Q)testsuite/install-packages build patch boot test s390)
	+$(Q)$(MAKE) --no-print-directory plugin CROSS_COMPILE=s390x-linux-gnu-
	+$(Q)$(MAKE) --no-print-directory all
	+$(if $(SANITIZE),$(Q)$(SANITIZED_PLUGIN) PLUGIN_DIR="$(BUILD)/sanitized")
	+$(if $(SANITIZE),$(Q)$(SANITIZED_PLUGIN) CROSS_COMPILE=s390x-linux-gnu- \
		PLUGIN_DIR="$(BUILD)/sanitized/s390x-linux-gnu")
	+$(Q)$(MAKE) --no-print-directory check-run

# A compiler loads it only with the runtime preloaded, as the compile tests do: the others,
# and who builds a patch with SANITIZE=1, load the one without.
SANITIZED_PLUGIN = $(MAKE) --no-print-directory plugin CFLAGS='$(CFLAGS) $(SANFLAGS)' \
	CXXFLAGS='$(CXXFLAGS) $(SANFLAGS)' LDFLAGS='$(LDFLAGS) $(SANFLAGS)'

# The areas that take a fixed part of what they have in `make check`.
check-all:
	$(if $(NO_DEPS),,$(Q)testsuite/install-packages build patch boot test s390 kernels)
	+$(Q)$(MAKE) --no-print-directory plugin CROSS_COMPILE=s390x-linux-gnu-
	+$(Q)$(MAKE) --no-print-directory all
	+$(Q)KLPCC_CHECK_ALL=1 $(MAKE) --no-print-directory check-run AREA="$(or $(AREA),corpus match patch)"

# Puts what it found into docs/files.md.
check-all-docs:
	@KLPCC_BUILD="$(abspath $(BUILD))" testsuite/klpcc.corpus/docs

# Each kernel's modules are built by the compiler of its release, in a chroot. That of 6.12 is this
# machine's: corpus needs no chroot.
check-kernels:
	$(if $(NO_DEPS),,$(Q)testsuite/install-packages build patch boot test s390 kernels)
	+$(Q)KLPCC_CHECK_KERNELS="$(CHECK_KERNELS)" $(MAKE) --no-print-directory check-run \
		AREA="$(or $(AREA),resolver patch live $(if $(filter 6.12,$(CHECK_KERNELS)),corpus))" BOARD=x86_64-native

CHECK_KERNELS = $(or $(KERNELS),6.12 7.3)

# Modules that the kernel's own klp-build makes, for a kernel that is built for it in such a chroot.
check-peers:
	$(if $(NO_DEPS),,$(Q)testsuite/install-packages build patch boot test s390 kernels)
	+$(Q)$(MAKE) --no-print-directory check-run AREA=peers

# The tests with the plugins as they are: AREA=format needs none.
check-run: tools live $(BUILD)/libklpcc-tool.a
	@KLPCC_BUILD="$(abspath $(BUILD))" KLPCC_CC="$(CC)" KLPCC_CFLAGS='$(TOOL_CFLAGS)' \
		KLPCC_LDLIBS="$(SANFLAGS) $(TOOL_LDLIBS)" AREA="$(AREA)" BOARD="$(BOARD)" \
		RUNTESTFLAGS="$(RUNTESTFLAGS)" testsuite/check.sh

include testsuite/fuzz/fuzz.mk

# Speed, side by side with what it is compared with. What was measured stays in BUILD/bench;
# bench-docs makes the tables and plots of docs/performance.md of it.
bench:
	$(if $(NO_DEPS),,$(Q)testsuite/install-packages build patch boot test s390 bench)
	+$(Q)$(MAKE) --no-print-directory all $(BUILD)/libklpcc-tool.a
	@$(BENCH_ENV) PART="$(PART)" testsuite/bench/bench

bench-docs:
	$(if $(NO_DEPS),,$(Q)testsuite/install-packages bench)
	@$(BENCH_ENV) testsuite/bench/docs

BENCH_ENV = KLPCC_BUILD="$(abspath $(BUILD))" KLPCC_CC="$(CC)" KLPCC_CFLAGS='$(TOOL_CFLAGS)' \
	KLPCC_LDLIBS="$(SANFLAGS) $(TOOL_LDLIBS)" CXX="$(CXX)" PLUGIN_GCC="$(PLUGIN_GCC)"

clean:
	rm -rf $(BUILD)

.PHONY: all tools live plugin resolver docs install install-live uninstall deps demo check check-all check-all-docs check-kernels check-peers check-run bench bench-docs clean FORCE
.DELETE_ON_ERROR:
