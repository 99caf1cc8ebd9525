import type { FeatureType } from '../../ml/matrix/dataset.js';

/** Raised whenever the reader would make something else of the same files, or the layout of an entry changes. */
export const readerVersion = 3;

export const magic = 'SECUMLF2';
/** Bytes before the head: the magic, the head's length and its checksum (uint32 each). */
export const preambleBytes = 16;
/** Bytes after the cells: their checksum (uint32), padded. */
export const footerBytes = 8;

/** What the head of an entry says; the cells follow it, from a multiple of 8 on, and after them their checksum. */
export interface EntryHead {
  readonly kind: 'dense' | 'sparse';
  readonly rows: number;
  readonly columns: number;
  /** Stored entries of a sparse matrix, 0 for a dense one. */
  readonly entries: number;
  readonly ids: readonly string[];
  readonly names: readonly string[];
  readonly types: readonly FeatureType[];
  readonly nonZeros: number;
  /** Columns with missing cells: index and count. */
  readonly missing: readonly (readonly [number, number])[];
  /** `hashMatrix` of the cells, computed when the entry was made. */
  readonly hash: string;
  /** The files it was made from, for people. */
  readonly sources: readonly string[];
}

/** An entry that is not what was written: cut short, changed on the disk, or no file at all. */
export class DamagedEntry extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'DamagedEntry';
  }
}

/** Where the cells begin. */
export function cellsOffset(headBytes: number): number {
  return Math.ceil((preambleBytes + headBytes) / 8) * 8;
}

/**
 * Bytes of the cells. Dense: the values, row by row. Sparse: rows+1 starts (uint32, padded to 8 bytes), then for each
 * row its columns (uint32) and after them its values (float64), so that a row is one read.
 */
export function cellBytes({ kind, rows, columns, entries }: EntryHead): number {
  return kind === 'dense' ? rows * columns * 8 : startBytes(rows) + entries * 12;
}

/** Bytes of the row starts of a sparse entry. */
export function startBytes(rows: number): number {
  return Math.ceil((rows + 1) / 2) * 8;
}
