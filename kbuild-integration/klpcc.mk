# SPDX-License-Identifier: GPL-2.0-or-later
#
# klpcc.mk: builds a patch module. A patch's directory has its sources, a Kbuild with
# `obj-m := livepatch-x.o` as for any module, and a Makefile that includes this file, from
# the clone or from where klpcc is installed. `make` then gives a finished livepatch-x.ko.
#
# Targets
#   klp           the finished modules (default)
#   klp-index     the index of the target kernel only
#   klp-install   the kernel's modules_install for them: INSTALL_MOD_PATH, INSTALL_MOD_DIR
#   klp-clean     removes what was built; the index stays, other patches use it
#
# Variables, set before the include or on make's command line
#   KLPCC_RELEASE  the kernel that the patch is for, as its `uname -r` (default: this one)
#   KLPCC_KDIR     its build directory or headers (default: /lib/modules/RELEASE/build, else
#                  /usr/src/linux-headers-RELEASE)
#   KLPCC_IMAGE    its image, compressed or not (default: found by release)
#   KLPCC_MODULES  directories or files of its modules (default: found by release)
#   KLPCC_INDEX    its index. A file that is there is used as it is, one that is not is made.
#                  Default: one in $XDG_CACHE_HOME/klpcc/index (or ~/.cache), made again
#                  when the image, Module.symvers or klpcc are newer
#   KLPCC_FORM     mainline (default): an unmodified kernel loads the module; or object
#   KLPCC_BUILD    build directory of the clone, where it is not build/
#   ARCH, CROSS_COMPILE, CC, V, O, KCFLAGS   as the kernel's own build has them
#
# kbuild does its work in between, unchanged; klpcc-build links what it leaves.

# kbuild reads a directory's Makefile where there is no Kbuild: nothing here is for it.
ifeq ($(KERNELRELEASE),)

klp:

klpcc-q := $(if $(filter-out 0,$(V)),,@)
klpcc-say = $(if $(findstring s,$(firstword -$(MAKEFLAGS))),,@echo '  $1 $2')
klpcc-mk := $(lastword $(MAKEFILE_LIST))
klpcc-dir := $(patsubst %/,%,$(dir $(abspath $(klpcc-mk))))
ifeq ($(wildcard $(klpcc-dir)/klpcc-build),)
$(error klpcc.mk: not found as $(klpcc-mk); make cannot handle a space in the name of its directory)
endif

# ---- what the user said ------------------------------------------------------------------

klpcc-variables := KLPCC_RELEASE KLPCC_KDIR KLPCC_IMAGE KLPCC_MODULES KLPCC_INDEX KLPCC_FORM KLPCC_BUILD
$(foreach v,$(filter-out $(klpcc-variables),$(filter KLPCC_%,$(.VARIABLES))),\
	$(if $(filter-out environment undefined,$(subst environment override,environment,$(origin $v))),\
		$(error klpcc.mk: there is no variable $v; there are $(klpcc-variables))))

KLPCC_RELEASE ?= $(shell uname -r)
KLPCC_FORM ?= mainline
override KLPCC_RELEASE := $(strip $(KLPCC_RELEASE))
override KLPCC_FORM := $(strip $(KLPCC_FORM))
ifeq ($(filter mainline object,$(KLPCC_FORM)),)
$(error klpcc.mk: KLPCC_FORM=$(KLPCC_FORM): it must be mainline or object)
endif
ifneq ($(words $(KLPCC_RELEASE)),1)
$(error klpcc.mk: KLPCC_RELEASE="$(KLPCC_RELEASE)": it must be one release, as `uname -r` prints it)
endif

# Set to nothing is not set.
ifeq ($(strip $(KLPCC_KDIR)),)
override KLPCC_KDIR := $(firstword \
	$(patsubst %/Makefile,%,$(wildcard /lib/modules/$(KLPCC_RELEASE)/build/Makefile)) \
	/usr/src/linux-headers-$(KLPCC_RELEASE))
endif
ifeq ($(wildcard $(KLPCC_KDIR)/Makefile),)
$(error klpcc.mk: no headers of $(KLPCC_RELEASE) in $(KLPCC_KDIR): \
	install the package linux-headers-$(KLPCC_RELEASE), or set KLPCC_KDIR)
endif
# Where a kernel that was built with O= has its results.
klpcc-objdir := $(or $(O),$(KLPCC_KDIR))

# ---- klpcc itself ------------------------------------------------------------------------

klpcc-triplet := $(notdir $(CROSS_COMPILE:%-=%))
ifneq ($(wildcard $(klpcc-dir)/tools/main.c),)
# A clone.
klpcc-top := $(abspath $(klpcc-dir)/..)
override KLPCC_BUILD := $(or $(strip $(KLPCC_BUILD)),$(klpcc-top)/build)
klpcc-include := $(klpcc-top)/runtime/include
klpcc-tool := $(abspath $(KLPCC_BUILD))/klpcc
klpcc-plugins := $(abspath $(KLPCC_BUILD))
else
klpcc-include := $(klpcc-dir)/include
klpcc-tool := $(abspath $(klpcc-dir)/../../bin/klpcc)
klpcc-plugins := $(klpcc-dir)
endif
klpcc-plugin := $(klpcc-plugins)$(if $(klpcc-triplet),/$(klpcc-triplet))/klpcc.so

# A clone that was not built yet is built now. The tool is this machine's, whatever
# compiler the kernel wants.
klpcc-cc := $(if $(filter default undefined,$(origin CC)),$(CROSS_COMPILE)gcc,$(CC))
$(klpcc-tool):
	$(if $(klpcc-top),,$(error klpcc.mk: $@ is missing: install klpcc again))
	+$(klpcc-q)$(MAKE) -C $(klpcc-top) --no-print-directory BUILD=$(abspath $(KLPCC_BUILD)) CC=gcc tools

$(klpcc-plugin):
	$(if $(klpcc-top),,$(error klpcc.mk: $@ is missing: install klpcc with CROSS_COMPILE=$(CROSS_COMPILE)))
	+$(klpcc-q)$(MAKE) -C $(klpcc-top) --no-print-directory BUILD=$(abspath $(KLPCC_BUILD)) CC=gcc \
		CROSS_COMPILE=$(CROSS_COMPILE) PLUGIN_GCC="$(klpcc-cc)" plugin

# ---- the index ---------------------------------------------------------------------------

klpcc-symvers := $(wildcard $(klpcc-objdir)/Module.symvers)
# What is not said here, klpcc looks for on this machine.
klpcc-sources := --release $(KLPCC_RELEASE) $(addprefix --symvers ,$(klpcc-symvers)) \
	$(addprefix --image ,$(KLPCC_IMAGE)) $(addprefix --modules ,$(KLPCC_MODULES))
klpcc-inputs := $(klpcc-symvers) $(wildcard $(or $(KLPCC_IMAGE), \
	/boot/vmlinuz-$(KLPCC_RELEASE) /lib/modules/$(KLPCC_RELEASE)/vmlinuz \
	/usr/lib/debug/boot/vmlinux-$(KLPCC_RELEASE) \
	/usr/lib/debug/lib/modules/$(KLPCC_RELEASE)/vmlinux) \
	$(or $(KLPCC_MODULES),/lib/modules/$(KLPCC_RELEASE)/modules.dep))

ifeq ($(strip $(KLPCC_INDEX)),)
klpcc-key := $(firstword $(shell echo '$(abspath $(klpcc-objdir) $(KLPCC_IMAGE) $(KLPCC_MODULES) $(klpcc-inputs))' | cksum))
override KLPCC_INDEX := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/klpcc/index/$(KLPCC_RELEASE)-$(klpcc-key).klpidx
klpcc-stamp := $(KLPCC_INDEX).stamp
ifeq ($(wildcard $(KLPCC_INDEX)),)
.PHONY: $(klpcc-stamp)
endif

klp-index: $(klpcc-stamp)

# An index with the same contents keeps its date: nothing is compiled again for it.
$(klpcc-stamp): $(klpcc-inputs) $(klpcc-tool)
	@mkdir -p $(@D)
	$(call klpcc-say,INDEX  ,$(KLPCC_INDEX))
	$(klpcc-q)new=$(KLPCC_INDEX).$$$$; $(klpcc-tool) index -q -o $$new $(klpcc-sources) && \
		if cmp -s $$new $(KLPCC_INDEX); then rm $$new; else mv $$new $(KLPCC_INDEX); fi && \
		touch $@
else
klp-index: $(KLPCC_INDEX)

$(KLPCC_INDEX): | $(klpcc-tool)
	@mkdir -p $(@D)
	$(call klpcc-say,INDEX  ,$@)
	$(klpcc-q)$(klpcc-tool) index -q -o $@ $(klpcc-sources)
endif

# ---- the modules -------------------------------------------------------------------------

klpcc-flags := -fplugin=$(klpcc-plugin) -fplugin-arg-klpcc-index=$(abspath $(KLPCC_INDEX)) \
	-fplugin-arg-klpcc-release=$(KLPCC_RELEASE) -I$(klpcc-include)

# kbuild splits these names at blanks, and so does make.
$(foreach v,CURDIR KLPCC_KDIR KLPCC_INDEX KLPCC_BUILD,$(if $(word 2,$($v)),\
	$(error klpcc.mk: $v is "$($v)": the kernel's build cannot handle a space in it)))

# A command-line BTF switch: there is no vmlinux in Debian's headers to make BTF with, and
# kbuild would say so for each module.
klpcc-kbuild = $(MAKE) -C $(KLPCC_KDIR) --no-print-directory M=$(CURDIR) \
	$(if $(O),O=$(O)) $(if $(ARCH),ARCH=$(ARCH)) $(if $(CROSS_COMPILE),CROSS_COMPILE=$(CROSS_COMPILE)) \
	$(if $(filter default undefined,$(origin CC)),,CC="$(CC)") $(if $(V),V=$(V)) \
	$(if $(wildcard $(klpcc-objdir)/vmlinux),,CONFIG_DEBUG_INFO_BTF_MODULES=)

klp: klp-index $(klpcc-tool) $(klpcc-plugin)
	+@$(klpcc-dir)/klpcc-build $(klpcc-tool) $(KLPCC_FORM) $(KLPCC_INDEX) $(CURDIR) \
		$(klpcc-kbuild) KCFLAGS="$(strip $(KCFLAGS) $(klpcc-flags))" modules

# Not stripped: strip knows nothing of livepatch symbols and makes ordinary ones of them. Not
# signed when the key is not here, as in a distribution's headers: kbuild would try and
# report errors that it then ignores.
klpcc-sig-key := $(patsubst "%",%,$(shell sed -n 's/^CONFIG_MODULE_SIG_KEY=//p' \
	$(klpcc-objdir)/include/config/auto.conf 2>/dev/null))
klpcc-no-key := $(if $(filter pkcs11:%,$(klpcc-sig-key))$(wildcard $(klpcc-sig-key) \
	$(klpcc-objdir)/$(klpcc-sig-key)),,CONFIG_MODULE_SIG_ALL=)

klp-install: klp
	+@$(klpcc-kbuild) $(klpcc-no-key) INSTALL_MOD_STRIP= modules_install

klp-clean:
	+@$(klpcc-kbuild) clean

.PHONY: klp klp-index klp-install klp-clean
.DELETE_ON_ERROR:

endif
