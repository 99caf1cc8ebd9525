import type { Line } from '../lines.js';

/** A screen in three parts: what stands at the top, a list that is scrolled, and what stands at the bottom. */
export interface Page {
  readonly top: readonly Line[];
  readonly list: PageList;
  readonly bottom: readonly Line[];
}

/** Lines that are drawn when they are in sight. */
export interface PageList {
  readonly length: number;
  line(k: number): Line;
  /** A line that is to be in sight, in place of the place scrolled to. */
  readonly mark?: number;
}

/** A list of lines that are there. */
export const linesList = (lines: readonly Line[]): PageList => ({ length: lines.length, line: (k) => lines[k] });
