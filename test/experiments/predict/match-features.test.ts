import { expect, it } from 'vitest';
import { UserError } from '../../../src/errors.js';
import { matchFeatures } from '../../../src/experiments/predict/match-features.js';

it('finds features by name, whatever their order, and tells those that are too many', () => {
  const { columns, extra } = matchFeatures(['a', 'b', 'c'], ['c', 'x', 'a', 'b'], 'P/D');
  expect([...columns]).toEqual([2, 3, 0]);
  expect(extra).toEqual(['x']);
});

it('names what is absent and what stands there in its place, made safe', () => {
  const wanted = ['bytes_in', 'b', 'c', 'd', 'e', 'f', 'g'];
  let refused: unknown;
  try {
    matchFeatures(wanted, ['bytes_ni', '\u001b[31m'], 'P/D');
  } catch (error) {
    refused = error;
  }
  expect(refused).toBeInstanceOf(UserError);
  const { message, hint } = refused as UserError;
  expect(message).toBe(
    'P/D lacks 7 of the 7 features that the model learned from: "bytes_in", "b", "c", "d", "e", … (did you mean "bytes_ni"?)',
  );
  expect(hint).toBe('it has 2 that the model does not know: "bytes_ni", "\\u001b[31m"');
});
