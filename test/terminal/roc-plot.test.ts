import { describe, expect, it } from 'vitest';
import { rocPlot } from '../../src/terminal/roc-plot.js';
import { styleFor } from '../../src/terminal/style.js';

const terminal = (columns: number) => styleFor({ isTTY: true, columns } as NodeJS.WriteStream, { NO_COLOR: '1' });

describe('the ROC curve in text', () => {
  const curve = {
    auc: { value: 0.9, low: null, high: null },
    falsePositiveRate: [0, 0, 0.2, 1],
    truePositiveRate: [0, 0.6, 0.9, 1],
    threshold: [1, 0.8, 0.4, null],
  };

  it('is drawn with its axes and the operating point', () => {
    const lines = rocPlot([curve], { falsePositiveRate: 0.1, truePositiveRate: 0.75 }, terminal(49));
    expect(lines.join('\n')).toMatchInlineSnapshot(`
      " 100 % │           ⣀⣀⣀⣀⣀⣀⣀⡠⠤⠤⠤⠤⠤⠤⠔⠒⠒⠒⠒⠒⠒⠒⠉⠉⠉⠉⠉⠍⠉│
             │      ⡠⠔⠉⠉⠉                       ⠄ ⠁   │
             │   ⢀●⠊                        ⠄ ⠁       │
             │ ⣀⠔⠁                      ⡀ ⠂           │
             │⡎                     ⡀ ⠂               │
        50 % │⡇                   ⠂                   │
             │⡇               ⠄ ⠁                     │
             │⡇           ⠄ ⠁                         │
             │⡇       ⡀ ⠁                             │
             │⡇   ⡀ ⠂                                 │
         0 % │⡇ ⠂                                     │
             └────────────────────────────────────────┘
              0 %      false positive rate       100 %
              ● at the threshold: 75.0 % detected, 10.0
              % false positives"
    `);
  });

  it('keeps every line as wide as its frame', () => {
    const lines = rocPlot([curve], null, terminal(49));
    for (const line of lines.slice(0, 11)) expect([...line]).toHaveLength(8 + 40 + 1);
  });

  it.each([100, 52, 40, 30, 22])('fits into %i columns, with its labels', (columns) => {
    const operating = { falsePositiveRate: 0.1, truePositiveRate: 0.75 };
    const lines = rocPlot([curve], operating, terminal(columns)).join('\n').split('\n');
    for (const line of lines) expect([...line].length).toBeLessThanOrEqual(columns);
    const words = lines.join(' ').replace(/ +/g, ' ');
    expect(words).toContain('false positive rate');
    expect(words).toContain('75.0 % detected');
  });

  it('draws several curves over each other', () => {
    const other = { ...curve, falsePositiveRate: [0, 0.5, 1], truePositiveRate: [0, 0.5, 1] };
    const both = rocPlot([curve, other], null, terminal(49));
    expect(both).not.toEqual(rocPlot([curve], null, terminal(49)));
    expect(both).not.toEqual(rocPlot([other], null, terminal(49)));
  });
});
