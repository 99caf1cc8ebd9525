import { printableLines } from '../errors.js';

/**
 * Writes pieces of whole lines one after the other, each when the ones before it have left; false where the reader went
 * away (`secuml … | head`): the rest is not made. A terminal is shown what its data holds of control characters; a file
 * or a pipe gets it as it is.
 */
export async function writePieces(
  stream: NodeJS.WriteStream,
  pieces: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>,
): Promise<boolean> {
  for await (const piece of pieces) {
    const shown = stream.isTTY && typeof piece === 'string' ? printableLines(piece, Number.POSITIVE_INFINITY) : piece;
    // A reader that goes away is seen on the next write only, so each is waited for.
    if (!(await written(stream, shown))) return false;
  }
  return true;
}

function written(stream: NodeJS.WriteStream, piece: string | Uint8Array): Promise<boolean> {
  if (stream.destroyed) return Promise.resolve(false);
  return new Promise((resolve) => {
    stream.write(piece, (error) => resolve(!error));
  });
}
