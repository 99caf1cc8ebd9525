import { RequestError } from '../http/failure.js';

/**
 * The whole number that a part of an address is, in plain digits: nothing, blanks, `0x10` and `1e3` are no other
 * spelling of one. Throws RequestError 404 for anything else, and for one below `least`.
 */
export function numberInAddress(text: string, what: string, least: 0 | 1): number {
  const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (!(number >= least)) throw new RequestError(404, `there is no such ${what}`);
  return number;
}
