import { UserError } from '../../errors.js';

/** Throws UserError where some rows of the two classes 0 and 1 do not occur: what is to be told apart is not known. */
export function requireBothLabels(y: Uint32Array, title: string): void {
  if (y.includes(0) && y.includes(1)) return;
  throw new UserError(`${title} needs training rows labelled malicious and benign`, {
    hint: 'label some of the other, or use a model that needs no labels: --model isolation-forest',
  });
}
