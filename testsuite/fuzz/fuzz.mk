# SPDX-License-Identifier: GPL-2.0-or-later
#
# Fuzzing; part of the Makefile.
#
#   make fuzz               every harness for FUZZ_S=60 seconds, with clang's libFuzzer;
#                           FUZZ="link elf" picks some
#   make fuzz-replay        the harnesses with the host's compiler and driver.c, and the
#                           seeds: what `make check AREA=fuzz` needs
#
# A harness is fuzz-NAME.c; fuzz.c and what generates inputs are linked to all of them.

FUZZ_DIR := $(BUILD)/fuzz
FUZZ_CC ?= clang-14
FUZZ_S ?= 60

FUZZERS := $(patsubst testsuite/fuzz/fuzz-%.c,%,$(wildcard testsuite/fuzz/fuzz-*.c))
FUZZ_SHARED := testsuite/fuzz/fuzz.c testsuite/fuzz/mutate-klp.c testsuite/fuzz/mutate-file.c \
	testsuite/klpcc.image/generate.c testsuite/klpcc.image/pack.c
FUZZ_SRC := $(filter-out %/tools/main.c,$(TOOL_SRC)) $(FUZZ_SHARED)
FUZZ_CFLAGS = $(TOOL_CFLAGS) -O1 -fsanitize=address,undefined -fno-sanitize-recover=all \
	-fno-omit-frame-pointer -DKLPCC_TESTSUITE='"$(abspath testsuite)"'
FUZZ_CLANG_CFLAGS = $(FUZZ_CFLAGS) -fsanitize=fuzzer-no-link
FUZZ_SEEDS := $(FUZZ_DIR)/seeds/made

# fuzz_build NAME,COMPILER,FLAGS: the objects of one compiler, below $(FUZZ_DIR)/NAME.
define fuzz_build
$(FUZZ_DIR)/$(1)/%.o: %.c $(FUZZ_DIR)/$(1)/flags
	@mkdir -p $$(@D)
	$$(call say,CC,$$<)
	$$(Q)$(2) $(3) -MMD -MP -c -o $$@ $$<

$(FUZZ_DIR)/$(1)/libshared.a: $(FUZZ_SRC:%.c=$(FUZZ_DIR)/$(1)/%.o)
	$$(call say,AR,$$@)
	@rm -f $$@
	$$(Q)$$(AR) rcs $$@ $$^

$(call flags_file,$(FUZZ_DIR)/$(1)/flags,$(2) $(3))
-include $(FUZZ_SRC:%.c=$(FUZZ_DIR)/$(1)/%.d) $(wildcard $(FUZZ_DIR)/$(1)/testsuite/fuzz/*.d)
endef

$(eval $(call fuzz_build,clang,$$(FUZZ_CC),$$(FUZZ_CLANG_CFLAGS)))
$(eval $(call fuzz_build,replay,$$(CC),$$(FUZZ_CFLAGS)))

$(FUZZ_DIR)/fuzz-%: $(FUZZ_DIR)/clang/testsuite/fuzz/fuzz-%.o $(FUZZ_DIR)/clang/libshared.a
	$(call say,LD,$@)
	$(Q)$(FUZZ_CC) -fsanitize=fuzzer,address,undefined -o $@ $^ $(TOOL_LDLIBS) -pthread

FUZZ_DRIVER := $(FUZZ_DIR)/replay/testsuite/fuzz/driver.o
$(FUZZ_DIR)/replay-%: $(FUZZ_DIR)/replay/testsuite/fuzz/fuzz-%.o $(FUZZ_DRIVER) $(FUZZ_DIR)/replay/libshared.a
	$(call say,LD,$@)
	$(Q)$(CC) -fsanitize=address,undefined -o $@ $^ $(TOOL_LDLIBS) -pthread

# Seeds come from the tests' sources and from the tool itself.
$(FUZZ_DIR)/seed-files: testsuite/fuzz/seed-files.c testsuite/klpcc.image/generate.c testsuite/klpcc.image/pack.c $(BUILD)/libklpcc-tool.a
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(CC) $(TOOL_CFLAGS) -o $@ $^ $(TOOL_LDLIBS)

$(FUZZ_SEEDS): $(FUZZ_DIR)/seed-files $(BUILD)/klpcc $(wildcard testsuite/fuzz/seeds testsuite/fuzz/*.s testsuite/fuzz/table.c testsuite/klpcc.*/*.s testsuite/klpcc.*/*.kallsyms testsuite/klpcc.mark/report/*.json testsuite/klpcc.replace/plan/*.json)
	$(call say,SEEDS,$(@D))
	$(Q)CC="$(CC)" testsuite/fuzz/seeds $(@D) $(BUILD)/klpcc $(FUZZ_DIR)/seed-files
	@touch $@

fuzz:
	$(if $(NO_DEPS),,$(Q)testsuite/install-packages build fuzz)
	+$(Q)$(MAKE) --no-print-directory fuzz-run

fuzz-run: $(FUZZERS:%=$(FUZZ_DIR)/fuzz-%) $(FUZZ_SEEDS)
	@FUZZ_DIR="$(FUZZ_DIR)" FUZZ_S="$(FUZZ_S)" FUZZ="$(FUZZ)" testsuite/fuzz/run

fuzz-replay: $(FUZZERS:%=$(FUZZ_DIR)/replay-%) $(FUZZ_SEEDS)

.PHONY: fuzz fuzz-run fuzz-replay
.SECONDARY: $(FUZZ_DRIVER) $(FUZZERS:%=$(FUZZ_DIR)/clang/testsuite/fuzz/fuzz-%.o) $(FUZZERS:%=$(FUZZ_DIR)/replay/testsuite/fuzz/fuzz-%.o)
