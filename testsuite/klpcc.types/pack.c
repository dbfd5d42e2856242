// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Another zstd, which packs the same contents differently: preloaded, it adds a checksum to what
 * klpcc packs.
 */
#include <zstd.h>

size_t ZSTD_compressCCtx(ZSTD_CCtx *context, void *packed, size_t room, const void *data,
			 size_t size, int level)
{
	ZSTD_CCtx_reset(context, ZSTD_reset_session_and_parameters);
	ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level);
	ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
	return ZSTD_compress2(context, packed, room, data, size);
}
