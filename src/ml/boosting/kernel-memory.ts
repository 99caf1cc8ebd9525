import type { BinnedRows } from './binned-rows.js';

export const slotBytes = 16;

/** Histograms together take at most this much memory, or what two of them need. */
const poolBytes = 2 ** 29;

/** Addresses in the kernel's memory. */
export interface KernelAddresses {
  /** Codes in blocks of four columns, or the slots of the sparse entries. */
  readonly cells: number;
  /** Bytes of the histogram before each feature's slots, or where each row's entries start. */
  readonly starts: number;
  /** Codes of one column of a sparse matrix. */
  readonly columnCodes: number;
  readonly order: number;
  /** 4 bytes a row while rows are sorted, 16 while dense ones are added to a histogram. */
  readonly scratch: number;
  /** 16 bytes a row. */
  readonly derivatives: number;
  /** 16 bytes a feature. */
  readonly columns: number;
  readonly features: number;
  readonly result: number;
  readonly pool: number;
  readonly histogramBytes: number;
  readonly histograms: number;
  readonly end: number;
}

/** Where everything lies; as many histograms as wanted, or fewer if they are large. */
export function planMemory({ rows, columns, slotStart, cells }: BinnedRows, wanted: number): KernelAddresses {
  let end = 64;
  const place = (bytes: number): number => {
    const at = end;
    end += Math.ceil(bytes / 16) * 16;
    return at;
  };
  const dense = cells.kind === 'dense';
  // The columns that the last block lacks have a slot of their own.
  const histogramBytes = slotBytes * (slotStart[columns] + Number(dense));
  const histograms = Math.max(2, Math.min(wanted, Math.floor(poolBytes / Math.max(1, histogramBytes))));
  const addresses = {
    cells: place(dense ? cells.codes.length : 4 * cells.slots.length),
    starts: place(dense ? 16 * Math.ceil(columns / 4) : 4 * (rows + 1)),
    columnCodes: place(dense ? 0 : rows),
    order: place(4 * rows),
    scratch: place((dense ? 16 : 4) * rows + 16),
    derivatives: place(16 * rows),
    columns: place(16 * columns),
    features: place(4 * columns),
    result: place(64),
    pool: place(histograms * histogramBytes),
  };
  return { ...addresses, histogramBytes, histograms, end };
}
