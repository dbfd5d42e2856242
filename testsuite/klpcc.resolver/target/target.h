/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of klpcc_target tell each other. */
#ifndef TARGET_H
#define TARGET_H

int target_prepare(void);
int target_second(void);

#endif
