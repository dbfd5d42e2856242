/*
 * SPDX-License-Identifier: GPL-2.0-or-later
 * Linux/x86 6.1.7 Kernel Configuration
 */
#define CONFIG_SMP 1
#define CONFIG_CC_VERSION_TEXT "@VERSION@"
#define CONFIG_DEBUG_INFO_BTF_MODULES 1
#define CONFIG_LD_VERSION 24000
