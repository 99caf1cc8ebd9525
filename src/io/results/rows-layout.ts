/**
 * rows.bin, row-level results as columns, little-endian:
 *
 *     8 bytes   magic "SECUMLR" and the format's version, 1
 *     8 bytes   length of the header, unsigned 64-bit
 *     header    JSON (schema/rows-header.ts), padded with blanks to a multiple of 8
 *     columns   each block beginning at a multiple of 8, counted from the end of the header
 *
 * A numeric column is one block of `rows` numbers. A text column is a block of count + 1 offsets (float64, exact) and a
 * block of UTF-8: row i is the bytes from offset i to offset i + 1. A coded column is a block of `rows` int32 codes
 * (-1 for an empty cell) and its distinct names as a text column.
 */
export const rowsMagic = Uint8Array.from([0x53, 0x45, 0x43, 0x55, 0x4d, 0x4c, 0x52, 1]);

/** Bytes of a value of a numeric column. */
export const numberWidth = { f64: 8, i32: 4, u32: 4 } as const;

/** The next multiple of 8. */
export const aligned = (bytes: number): number => Math.ceil(bytes / 8) * 8;
