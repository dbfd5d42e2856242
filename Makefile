# SPDX-License-Identifier: GPL-2.0-or-later
#
# Builds the klpcc tool and the GCC plugin, and starts the demo and the tests.
#
#   make                    build/klpcc and build/klpcc.so
#   make plugin CROSS_COMPILE=s390x-linux-gnu-   build/s390x-linux-gnu/klpcc.so
#   make demo               the sample patch on a stock Debian kernel in qemu
#   make check              the whole test suite; AREA="link mark", BOARD=s390x-cross and
#                           RUNTESTFLAGS=mark.exp=call-1.c pick from it
#   make SANITIZE=1 ...     the tools with ASan and UBSan
#   make WERROR=1 ...       as CI builds
#   make BUILD=DIR ...      another build directory than build/

VERSION := 0.1.0

# Sanitizer objects live apart from the others.
BUILD ?= build$(if $(SANITIZE),/sanitize)
# make has defaults of its own for these two.
ifeq ($(origin CC),default)
CC := gcc
endif
ifeq ($(origin CXX),default)
CXX := g++
endif
PKG_CONFIG ?= pkg-config
Q := $(if $(V),,@)
say = $(if $(V),,@printf '  %-7s %s\n' '$(1)' '$(2)')

all: tools plugin

# ---- flags -------------------------------------------------------------------------------

WARN := -Wall -Wextra -Wshadow -Wundef -Wwrite-strings -Wvla $(if $(WERROR),-Werror)
comma := ,
SANFLAGS := $(if $(SANITIZE),-fsanitize=address$(comma)undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
TOOL_LIBS := libelf libdw libzstd liblzma zlib
TOOL_CFLAGS = -std=gnu11 -O2 -g -D_GNU_SOURCE -DKLPCC_VERSION='"$(VERSION)"' $(WARN) \
	-Wstrict-prototypes -Wmissing-prototypes $(SANFLAGS) \
	-Iruntime/format -Ikbuild-integration/tools $(shell $(PKG_CONFIG) --cflags $(TOOL_LIBS)) $(CFLAGS)
TOOL_LDLIBS = $(shell $(PKG_CONFIG) --libs $(TOOL_LIBS)) $(LDFLAGS)

# ---- the klpcc tool ----------------------------------------------------------------------

FORMAT_SRC := $(wildcard runtime/format/*.c)
TOOL_SRC := $(FORMAT_SRC) $(wildcard kbuild-integration/tools/*.c kbuild-integration/tools/*/*.c)
TOOL_OBJ := $(TOOL_SRC:%.c=$(BUILD)/tool/%.o)

tools: $(BUILD)/klpcc

$(BUILD)/klpcc: $(TOOL_OBJ)
	$(call say,LD,$@)
	$(Q)$(CC) $(SANFLAGS) -o $@ $(TOOL_OBJ) $(TOOL_LDLIBS)

$(BUILD)/tool/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(TOOL_CFLAGS) -MMD -MP -c -o $@ $<

# The tool without its main: what the unit tests link against.
$(BUILD)/libklpcc-tool.a: $(filter-out %/tools/main.o,$(TOOL_OBJ))
	$(call say,AR,$@)
	@rm -f $@
	$(Q)$(AR) rcs $@ $^

# ---- the plugin --------------------------------------------------------------------------

# The compiler that loads the plugin decides which headers it is built with; the plugin
# itself always runs on this machine, so the compiler that builds it is the native one.
TRIPLET := $(CROSS_COMPILE:%-=%)
PLUGIN_DIR := $(BUILD)$(if $(TRIPLET),/$(TRIPLET))
PLUGIN_GCC ?= $(if $(CROSS_COMPILE),$(CROSS_COMPILE)gcc,$(CC))
PLUGIN_INC = $(shell $(PLUGIN_GCC) -print-file-name=plugin)/include
PLUGIN_CXXFLAGS = -std=gnu++17 -O2 -g -fPIC -fno-rtti -fno-exceptions $(WARN) -Wno-unused-parameter \
	-DKLPCC_VERSION='"$(VERSION)"' -Iruntime/format -Ikbuild-integration/tools -Iplugin -isystem $(PLUGIN_INC) $(CXXFLAGS)
PLUGIN_CFLAGS = -std=gnu11 -O2 -g -fPIC -D_GNU_SOURCE $(WARN) -Iruntime/format \
	-Ikbuild-integration/tools $(CFLAGS)
# What the plugin shares with the tool: the format module and the index reader.
PLUGIN_CSRC := $(FORMAT_SRC) kbuild-integration/tools/lib/error.c kbuild-integration/tools/index/index.c
PLUGIN_SRC := $(wildcard plugin/*.cc)
PLUGIN_OBJ := $(PLUGIN_SRC:%.cc=$(PLUGIN_DIR)/so/%.o) $(PLUGIN_CSRC:%.c=$(PLUGIN_DIR)/so/%.o)

plugin: $(PLUGIN_DIR)/klpcc.so

$(PLUGIN_DIR)/klpcc.so: $(PLUGIN_OBJ)
	$(call say,LD,$@)
	$(Q)$(CXX) -shared -o $@ $(PLUGIN_OBJ) $(LDFLAGS)

$(PLUGIN_DIR)/so/%.o: %.cc Makefile
	@mkdir -p $(@D)
	$(call say,CXX,$<)
	$(Q)$(CXX) $(PLUGIN_CXXFLAGS) -MMD -MP -c -o $@ $<

$(PLUGIN_DIR)/so/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(PLUGIN_CFLAGS) -MMD -MP -c -o $@ $<

-include $(TOOL_OBJ:.o=.d) $(PLUGIN_OBJ:.o=.d)

# ---- tests -------------------------------------------------------------------------------

# The tests compile for s390x too, with a plugin for that compiler.
check: check-plugins
	+$(Q)$(MAKE) --no-print-directory check-run

check-plugins: plugin
	+$(Q)$(MAKE) --no-print-directory plugin CROSS_COMPILE=s390x-linux-gnu-

# The tests with the plugins as they are: AREA=format needs none.
check-run: tools $(BUILD)/libklpcc-tool.a
	@KLPCC_BUILD="$(abspath $(BUILD))" KLPCC_CC="$(CC)" KLPCC_CFLAGS='$(TOOL_CFLAGS)' \
		KLPCC_LDLIBS="$(SANFLAGS) $(TOOL_LDLIBS)" AREA="$(AREA)" BOARD="$(BOARD)" \
		RUNTESTFLAGS="$(RUNTESTFLAGS)" testsuite/check.sh

clean:
	rm -rf $(BUILD)

.PHONY: all tools plugin check check-plugins check-run clean
.DELETE_ON_ERROR:
