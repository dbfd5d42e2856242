# SPDX-License-Identifier: GPL-2.0-or-later
#
# klpcc.mk: builds a patch module. The directory of a patch contains its sources, a Kbuild with
# `obj-m := livepatch-x.o` as for any module, and a Makefile that includes this file, from a clone of
# klpcc or from where it is installed. Then `make` builds a finished livepatch-x.ko.
#
# Targets
#   klp           the finished modules (default)
#   klp-verify    the modules, and a table of which load on which kernels of KLPCC_RELEASES; fails
#                 unless all load on all
#   klp-index     the index of the target kernel only; klp-index-path also prints where it is
#   klp-report    the modules, and beside each one a livepatch-x.klp-report.json: what the plugin
#                 decided about each name that the module takes from elsewhere; `klpcc report` shows it
#   klp-resolver  klpcc_resolver.ko for the target kernel, to be loaded before the patch
#   klp-install   the kernel's modules_install for them: INSTALL_MOD_PATH, INSTALL_MOD_DIR and
#                 INSTALL_MOD_STRIP
#   klp-clean     removes what was built; the index stays, as other patches use it
#
# `make O=DIR` builds in DIR and writes nothing beside the sources.
#
# Variables, set before the include or on make's command line
#   KLPCC_RELEASE  the kernel that the patch is for, as `uname -r` prints it there (default:
#                  KERNELRELEASE, which DKMS sets, else the running kernel)
#   KLPCC_KDIR     its build directory or headers (default: /lib/modules/RELEASE/build, else
#                  /usr/src/linux-headers-RELEASE)
#   KLPCC_IMAGE    its image, compressed or not (default: found by release)
#   KLPCC_MODULES  directories or files of its modules (default: found by release)
#   KLPCC_INDEX    its index. An existing file is used as it is, a missing one is made.
#                  Default: a file in $XDG_CACHE_HOME/klpcc/index (or ~/.cache), made again
#                  when klpcc has changed, or a file that `klpcc index --inputs` lists
#   KLPCC_FORM     object (default): the kernel needs klpcc_resolver.ko to load the module; or
#                  mainline: the kernel loads the module by itself
#   KLPCC_VERIFY   0: do not check whether the finished modules load on the target kernel
#                  (default: 1; a module that does not load is an error)
#   KLPCC_RELEASES the kernels that klp-verify checks the modules against, each with its files on
#                  this machine (default: KLPCC_RELEASE)
#   KLPCC_BUILD    build directory of the clone, if it is not build/
#   ARCH, CROSS_COMPILE, CC, LD, HOSTCC, V, W, KCFLAGS   as the kernel's own build has them, which
#                  ignores CC, LD, HOSTCC, V and W in the environment
#
# This file checks the settings and passes them to klpcc-build, which does the work: a shell can handle
# names with blanks, make cannot.

# If a directory has no Kbuild, kbuild reads its Makefile, and nothing here is for kbuild. It does that
# in a make that it started with one of these files, in 5.10 as well as 7.3. Makefiles of modules used
# to test KERNELRELEASE, but DKMS sets that, too.
ifeq ($(filter $(addprefix %scripts/Makefile.,build clean modpost),$(MAKEFILE_LIST)),)

klp:

# The directory of this file, which may be included through a link. Its name may contain blanks, and so
# may the others in the list.
klpcc-quote = '$(subst ','\'',$1)'
klpcc-hash := \#
export klpcc_dir := $(shell name=$(call klpcc-quote,$(MAKEFILE_LIST)); \
	while [ ! -e "$$name" ]; do \
		case $$name in (*' '*) name=$${name$(klpcc-hash)* };; (*) exit;; esac; \
	done; \
	[ -e "$${name%klpcc.mk}klpcc-build" ] || name=$$(readlink -f -- "$$name"); \
	case $$name in (*/*) cd "$${name%/*}";; esac && pwd)
ifeq ($(wildcard $(subst $() ,\ ,$(klpcc_dir))/klpcc-build),)
$(error klpcc.mk: error: klpcc-build is missing beside it, in $(klpcc_dir))
endif

# How an error begins; with colours on a terminal.
klpcc-error = $(shell $(call klpcc-quote,$(klpcc_dir)/klpcc-build) error)

klpcc-variables := KLPCC_RELEASE KLPCC_KDIR KLPCC_IMAGE KLPCC_MODULES KLPCC_INDEX KLPCC_FORM KLPCC_VERIFY \
	KLPCC_RELEASES KLPCC_BUILD
$(foreach v,$(filter-out $(klpcc-variables),$(filter KLPCC_%,$(.VARIABLES))),\
	$(if $(filter-out environment undefined,$(subst environment override,environment,$(origin $v))),\
		$(error $(klpcc-error)there is no variable $v; the variables are $(klpcc-variables))))

KLPCC_FORM ?= object
override KLPCC_RELEASE := $(strip $(or $(KLPCC_RELEASE),$(KERNELRELEASE),$(shell uname -r)))
override KLPCC_FORM := $(strip $(KLPCC_FORM))
ifneq ($(words $(KLPCC_FORM)) $(words $(filter object mainline,$(KLPCC_FORM))),1 1)
$(error $(klpcc-error)KLPCC_FORM=$(KLPCC_FORM): it must be object or mainline)
endif
override KLPCC_VERIFY := $(strip $(or $(KLPCC_VERIFY),1))
override KLPCC_RELEASES := $(strip $(or $(KLPCC_RELEASES),$(KLPCC_RELEASE)))
ifeq ($(filter 0 1,$(KLPCC_VERIFY)),)
$(error $(klpcc-error)KLPCC_VERIFY=$(KLPCC_VERIFY): it must be 0 or 1)
endif
ifneq ($(words $(KLPCC_RELEASE)),1)
$(error $(klpcc-error)KLPCC_RELEASE="$(KLPCC_RELEASE)": it must be one release, as `uname -r` prints it)
endif

# An empty variable counts as not set.
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
$(error $(klpcc-error)there are no headers of $(KLPCC_RELEASE) in $(KLPCC_KDIR): \
	install the package linux-headers-$(KLPCC_RELEASE), or set KLPCC_KDIR)
endif
export $(klpcc-variables)

# True for a variable that the user set, in the Makefile or on the command line (or with make -e).
klpcc-is-set = $(filter-out default undefined environment,$(subst $() ,-,$(origin $1)))

# O= is for the patch. To kbuild it would be the kernel's build directory, so kbuild does not get it, nor
# KERNELRELEASE, which it knows itself.
klpcc-blank := klpcc+blank
MAKEOVERRIDES := $(subst $(klpcc-blank),\ ,$(filter-out O=% KERNELRELEASE=%,\
	$(subst \ ,$(klpcc-blank),$(MAKEOVERRIDES))))
unexport O
export klpcc_output := $(if $(call klpcc-is-set,O),$(O))

export klpcc_source := $(CURDIR)
export klpcc_make := $(MAKE)
export klpcc_triplet := $(notdir $(CROSS_COMPILE:%-=%))
# The compiler that kbuild will use. Debian's headers name one.
klpcc-kernel-cc = $(if $(wildcard $(KLPCC_KDIR)/.kernelvariables),$(strip $(shell \
	env -u MAKEFLAGS $(MAKE) -rRs --eval='klpcc-cc:;@echo $$(CC)' \
		-f $(KLPCC_KDIR)/.kernelvariables klpcc-cc CROSS_COMPILE=$(CROSS_COMPILE))))
export klpcc_cc := $(if $(call klpcc-is-set,CC),$(CC),$(or $(klpcc-kernel-cc),$(CROSS_COMPILE)gcc))
export klpcc_ld := $(if $(call klpcc-is-set,LD),$(LD))
export klpcc_llvm := $(LLVM)
export klpcc_kcflags := $(KCFLAGS)
# Variables that the Makefile sets are passed on kbuild's command line. Those in the environment, or on
# our own command line, get there by themselves.
klpcc-build = +@$(call klpcc-quote,$(klpcc_dir)/klpcc-build) $1 $(foreach v,\
	ARCH CROSS_COMPILE CC HOSTCC V W,$(if $(call klpcc-is-set,$v),$v=$(call klpcc-quote,$($v))))

klp:
	$(call klpcc-build,modules)

klp-verify:
	$(call klpcc-build,verify)

klp-report:
	$(call klpcc-build,report)

klp-index:
	$(call klpcc-build,index)

klp-index-path:
	$(call klpcc-build,index-path)

klp-resolver:
	$(call klpcc-build,resolver)

# Modules are not signed if the key is missing, as in a distribution's headers: kbuild would try, and
# report errors that it then ignores.
klpcc-sig-key := $(patsubst "%",%,$(shell sed -n 's/^CONFIG_MODULE_SIG_KEY=//p' \
	$(KLPCC_KDIR)/include/config/auto.conf 2>/dev/null))
klpcc-no-key := $(if $(filter pkcs11:%,$(klpcc-sig-key))$(wildcard $(klpcc-sig-key) \
	$(KLPCC_KDIR)/$(klpcc-sig-key)),,CONFIG_MODULE_SIG_ALL=)

klp-install: klp
	$(call klpcc-build,install) $(klpcc-no-key)

klp-clean:
	$(call klpcc-build,clean)

.PHONY: klp klp-verify klp-report klp-index klp-index-path klp-resolver klp-install klp-clean

endif
