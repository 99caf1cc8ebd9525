import { expect, it } from 'vitest';
import { partName } from '../../src/terminal/part-name.js';

it('names parts for people, and shows what a name hides', () => {
  expect(['test', 'cv', 'fold.2', 'dataset:later', 'dataset:test', 'all', 'unlabeled'].map(partName)).toEqual([
    'test',
    'cv',
    'fold 2',
    'dataset later',
    'dataset test',
    'all datasets',
    'unlabeled',
  ]);
  expect(partName('dataset:\u001b[2J')).not.toContain('\u001b');
});
