/* SPDX-License-Identifier: GPL-2.0-or-later */
extern int exported_twin(void);
