/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the two files of klpcc_target tell each other. */
#ifndef TARGET_H
#define TARGET_H

int target_second(void);

#endif
