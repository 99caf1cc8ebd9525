/**
 * Writes pieces one after the other, each when the ones before it have left; false where the reader went away
 * (`secuml … | head`): the rest is not made.
 */
export async function writePieces(
  stream: NodeJS.WriteStream,
  pieces: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>,
): Promise<boolean> {
  // A reader that goes away is seen on the next write only, so each is waited for.
  for await (const piece of pieces) if (!(await written(stream, piece))) return false;
  return true;
}

function written(stream: NodeJS.WriteStream, piece: string | Uint8Array): Promise<boolean> {
  if (stream.destroyed) return Promise.resolve(false);
  return new Promise((resolve) => {
    stream.write(piece, (error) => resolve(!error));
  });
}
