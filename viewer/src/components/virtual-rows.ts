/** Browsers give up on elements of some 18 to 33 million pixels: a longer list scrolls in proportion. */
export const tallest = 8_000_000;

/** Where the rows of a long list stand, given how far its frame is scrolled. All lengths in pixels. */
export interface VirtualLayout {
  /** Height of the element that the frame scrolls over. */
  readonly height: number;
  /** The first row on show, and the one after the last. */
  readonly first: number;
  readonly end: number;
  /** Top of a row inside that element. */
  top(row: number): number;
}

export interface VirtualFrame {
  readonly total: number;
  readonly rowHeight: number;
  /** Height of the frame, without its header. */
  readonly viewport: number;
  readonly scrollTop: number;
  /** Rows drawn beyond either edge. */
  readonly spare: number;
}

export function layoutRows({ total, rowHeight, viewport, scrollTop, spare }: VirtualFrame): VirtualLayout {
  const full = total * rowHeight;
  const height = Math.min(full, tallest);
  const scrolled = Math.min(Math.max(0, scrollTop), Math.max(0, height - viewport));
  const real = scrolled * stretch(full, height, viewport);
  const first = Math.max(0, Math.floor(real / rowHeight) - spare);
  const end = Math.min(total, Math.ceil((real + viewport) / rowHeight) + spare);
  return { height, first, end, top: (row) => scrolled + row * rowHeight - real };
}

/** How far to scroll so that a row is wholly on show; the present position where it already is. */
export function scrollToRow({ total, rowHeight, viewport, scrollTop }: VirtualFrame, row: number): number {
  const full = total * rowHeight;
  const height = Math.min(full, tallest);
  const factor = stretch(full, height, viewport);
  const real = scrollTop * factor;
  const top = row * rowHeight;
  if (top < real) return top / factor;
  if (top + rowHeight > real + viewport) return (top + rowHeight - viewport) / factor;
  return scrollTop;
}

/** Pixels of the list for one pixel of scrolling: 1 unless the list is too tall. */
const stretch = (full: number, height: number, viewport: number): number =>
  height > viewport ? (full - viewport) / (height - viewport) : 1;
