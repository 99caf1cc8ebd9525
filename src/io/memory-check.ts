import { UserError } from '../errors.js';

/**
 * Throws UserError for something that would take more than `largest` bytes of memory.
 * @param what what takes it, in the plural: `the features`
 */
export function checkMemory(what: string, bytes: number, largest: number, otherwise = ''): void {
  if (bytes <= largest) return;
  throw new UserError(`${what} take ${gigabytes(bytes)} of memory or more; at most ${gigabytes(largest)} are allowed`, {
    hint: `raise --max-memory where the machine has more${otherwise}`,
  });
}

const gigabytes = (bytes: number): string => `${Number((bytes / 1e9).toPrecision(2))} GB`;
