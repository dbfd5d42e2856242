# SPDX-License-Identifier: GPL-2.0-or-later
#
# klpcc.mk: builds a patch module. A patch's directory has its sources, a Kbuild with
# `obj-m := livepatch-x.o` as for any module, and a Makefile that includes this file, from
# the clone or from where klpcc is installed. `make` then gives a finished livepatch-x.ko.
#
# Targets
#   klp           the finished modules (default)
#   klp-index     the index of the target kernel only
#   klp-report    the modules, and beside each livepatch-x.klp-report.json: what the plugin decided
#                 about every name that the module takes from elsewhere; `klpcc report` shows it
#   klp-resolver  klpcc_resolver.ko for that kernel: there it is loaded before the patch
#   klp-install   the kernel's modules_install for them: INSTALL_MOD_PATH, INSTALL_MOD_DIR and
#                 INSTALL_MOD_STRIP
#   klp-clean     removes what was built; the index stays, other patches use it
#
# `make O=DIR` does all of it in DIR and writes nothing beside the sources.
#
# Variables, set before the include or on make's command line
#   KLPCC_RELEASE  the kernel that the patch is for, as its `uname -r` (default: KERNELRELEASE,
#                  which DKMS sets, else this one)
#   KLPCC_KDIR     its build directory or headers (default: /lib/modules/RELEASE/build, else
#                  /usr/src/linux-headers-RELEASE)
#   KLPCC_IMAGE    its image, compressed or not (default: found by release)
#   KLPCC_MODULES  directories or files of its modules (default: found by release)
#   KLPCC_INDEX    its index. A file that is there is used as it is, one that is not is made.
#                  Default: one in $XDG_CACHE_HOME/klpcc/index (or ~/.cache), made again
#                  when klpcc is another, or a file that `klpcc index --inputs` lists
#   KLPCC_FORM     object (default): the kernel has klpcc_resolver.ko loaded; or mainline: the
#                  kernel loads the module by itself
#   KLPCC_BUILD    build directory of the clone, where it is not build/
#   ARCH, CROSS_COMPILE, CC, LD, HOSTCC, V, W, KCFLAGS   as the kernel's own build has them: of
#                  CC, LD, HOSTCC, V and W it takes no notice in the environment
#
# This file checks what was said and hands it to klpcc-build, which does the work: names with
# blanks in them are for a shell, not for make.

# kbuild reads a directory's Makefile where there is no Kbuild: nothing here is for it. It does so
# in a make that it started on one of these files, 5.10 as well as 7.3. KERNELRELEASE, by which
# Makefiles of modules used to tell, is also set by DKMS.
ifeq ($(filter $(addprefix %scripts/Makefile.,build clean modpost),$(MAKEFILE_LIST)),)

klp:

# The directory of this file, which may be included by a link: it may have blanks in its name, and
# so may the others in the list.
klpcc-quote = '$(subst ','\'',$1)'
klpcc-hash := \#
export klpcc_dir := $(shell name=$(call klpcc-quote,$(MAKEFILE_LIST)); \
	while [ ! -e "$$name" ]; do \
		case $$name in (*' '*) name=$${name$(klpcc-hash)* };; (*) exit;; esac; \
	done; \
	[ -e "$${name%klpcc.mk}klpcc-build" ] || name=$$(readlink -f -- "$$name"); \
	case $$name in (*/*) cd "$${name%/*}";; esac && pwd)
ifeq ($(wildcard $(subst $() ,\ ,$(klpcc_dir))/klpcc-build),)
$(error klpcc.mk: error: there is no klpcc-build beside it, in $(klpcc_dir))
endif

# How an error begins: with colours, on a terminal.
klpcc-error = $(shell $(call klpcc-quote,$(klpcc_dir)/klpcc-build) error)

klpcc-variables := KLPCC_RELEASE KLPCC_KDIR KLPCC_IMAGE KLPCC_MODULES KLPCC_INDEX KLPCC_FORM KLPCC_BUILD
$(foreach v,$(filter-out $(klpcc-variables),$(filter KLPCC_%,$(.VARIABLES))),\
	$(if $(filter-out environment undefined,$(subst environment override,environment,$(origin $v))),\
		$(error $(klpcc-error)there is no variable $v; there are $(klpcc-variables))))

KLPCC_FORM ?= object
override KLPCC_RELEASE := $(strip $(or $(KLPCC_RELEASE),$(KERNELRELEASE),$(shell uname -r)))
override KLPCC_FORM := $(strip $(KLPCC_FORM))
ifneq ($(words $(KLPCC_FORM)) $(words $(filter object mainline,$(KLPCC_FORM))),1 1)
$(error $(klpcc-error)KLPCC_FORM=$(KLPCC_FORM): it must be object or mainline)
endif
ifneq ($(words $(KLPCC_RELEASE)),1)
$(error $(klpcc-error)KLPCC_RELEASE="$(KLPCC_RELEASE)": it must be one release, as `uname -r` prints it)
endif

# Set to nothing is not set.
ifeq ($(strip $(KLPCC_KDIR)),)
override KLPCC_KDIR := $(firstword \
	$(patsubst %/Makefile,%,$(wildcard /lib/modules/$(KLPCC_RELEASE)/build/Makefile)) \
	/usr/src/linux-headers-$(KLPCC_RELEASE))
endif
ifneq ($(word 2,$(KLPCC_KDIR)),)
$(error $(klpcc-error)KLPCC_KDIR is "$(KLPCC_KDIR)": the kernel's build cannot handle a space in it)
endif
override KLPCC_KDIR := $(abspath $(KLPCC_KDIR))
ifeq ($(wildcard $(KLPCC_KDIR)/Makefile),)
$(error $(klpcc-error)no headers of $(KLPCC_RELEASE) in $(KLPCC_KDIR): \
	install the package linux-headers-$(KLPCC_RELEASE), or set KLPCC_KDIR)
endif
export $(klpcc-variables)

# True for a variable that the user set, in the Makefile or on the command line (or with make -e).
klpcc-is-set = $(filter-out default undefined environment,$(subst $() ,-,$(origin $1)))

# O= is the patch's, where the kernel is concerned that of its own build: not for kbuild, which
# also knows its own KERNELRELEASE.
klpcc-blank := klpcc+blank
MAKEOVERRIDES := $(subst $(klpcc-blank),\ ,$(filter-out O=% KERNELRELEASE=%,\
	$(subst \ ,$(klpcc-blank),$(MAKEOVERRIDES))))
unexport O
export klpcc_output := $(if $(call klpcc-is-set,O),$(O))

export klpcc_source := $(CURDIR)
export klpcc_make := $(MAKE)
export klpcc_triplet := $(notdir $(CROSS_COMPILE:%-=%))
# The compiler that kbuild will take. Debian's headers name theirs.
klpcc-kernel-cc = $(if $(wildcard $(KLPCC_KDIR)/.kernelvariables),$(strip $(shell \
	env -u MAKEFLAGS $(MAKE) -rRs --eval='klpcc-cc:;@echo $$(CC)' \
		-f $(KLPCC_KDIR)/.kernelvariables klpcc-cc CROSS_COMPILE=$(CROSS_COMPILE))))
export klpcc_cc := $(if $(call klpcc-is-set,CC),$(CC),$(or $(klpcc-kernel-cc),$(CROSS_COMPILE)gcc))
export klpcc_ld := $(if $(call klpcc-is-set,LD),$(LD))
export klpcc_llvm := $(LLVM)
export klpcc_kcflags := $(KCFLAGS)
# What the Makefile sets is for kbuild's command line; what is in the environment, or on our
# command line, gets there by itself.
klpcc-build = +@$(call klpcc-quote,$(klpcc_dir)/klpcc-build) $1 $(foreach v,\
	ARCH CROSS_COMPILE CC HOSTCC V W,$(if $(call klpcc-is-set,$v),$v=$(call klpcc-quote,$($v))))

klp:
	$(call klpcc-build,modules)

klp-report:
	$(call klpcc-build,report)

klp-index:
	$(call klpcc-build,index)

klp-resolver:
	$(call klpcc-build,resolver)

# Not signed when the key is not here, as in a distribution's headers: kbuild would try and
# report errors that it then ignores.
klpcc-sig-key := $(patsubst "%",%,$(shell sed -n 's/^CONFIG_MODULE_SIG_KEY=//p' \
	$(KLPCC_KDIR)/include/config/auto.conf 2>/dev/null))
klpcc-no-key := $(if $(filter pkcs11:%,$(klpcc-sig-key))$(wildcard $(klpcc-sig-key) \
	$(KLPCC_KDIR)/$(klpcc-sig-key)),,CONFIG_MODULE_SIG_ALL=)

klp-install: klp
	$(call klpcc-build,install) $(klpcc-no-key)

klp-clean:
	$(call klpcc-build,clean)

.PHONY: klp klp-report klp-index klp-resolver klp-install klp-clean

endif
