import { describe, expect, it } from 'vitest';
import { importanceCsv } from '../../../src/io/results/importance-csv.js';
import { partialDependenceCsv } from '../../../src/io/results/partial-dependence-csv.js';

describe('how much features count, as CSV', () => {
  it('has a line for each feature, the largest loss first, with its deviation', () => {
    const csv = importanceCsv({
      kind: 'permutation',
      features: ['a', '=1+1', 'c,d'],
      series: [{ name: 'malicious', values: [0.1, 0.25, -0.5], deviations: [0.01, 0, 0.02] }],
    });
    expect(csv).toBe(
      'feature,class,kind,value,deviation,rank\n' +
        "'=1+1,malicious,permutation,0.25,0,1\n" +
        'a,malicious,permutation,0.1,0.01,2\n' +
        '"c,d",malicious,permutation,-0.5,0.02,3\n',
    );
  });

  it('orders coefficients by size, class by class', () => {
    const csv = importanceCsv({
      kind: 'coefficient',
      features: ['a', 'b'],
      series: [
        { name: 'worm', values: [1, -2] },
        { name: '@office', values: [3, 0] },
      ],
    });
    expect(csv.split('\n').slice(1, -1)).toEqual([
      'b,worm,coefficient,-2,,1',
      'a,worm,coefficient,1,,2',
      "a,'@office,coefficient,3,,1",
      "b,'@office,coefficient,0,,2",
    ]);
  });
});

describe('partial dependence, as CSV', () => {
  it('has a line for each value, with the training rows near it', () => {
    const features = [
      {
        name: '+x',
        column: 0,
        grid: [0, 2.5],
        average: [0.1, 0.9],
        individual: [[0, 1]],
        groups: [
          { name: 'benign', counts: [7, 1] },
          { name: 'malicious', counts: [2, 3] },
        ],
      },
    ];
    const csv = partialDependenceCsv({ scale: 'score', chosenBy: 'name', rows: 13, rowsInAll: 13, features });
    expect(csv).toBe("feature,value,mean,malicious,benign,unlabeled\n'+x,0,0.1,2,7,0\n'+x,2.5,0.9,3,1,0\n");
  });
});
