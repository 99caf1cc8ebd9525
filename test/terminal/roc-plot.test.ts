import { describe, expect, it } from 'vitest';
import { rocPlot } from '../../src/terminal/roc-plot.js';
import { styleFor } from '../../src/terminal/style.js';

const plain = styleFor({ isTTY: false } as NodeJS.WriteStream, {});

describe('the ROC curve in text', () => {
  const curve = {
    auc: { value: 0.9, low: null, high: null },
    falsePositiveRate: [0, 0, 0.2, 1],
    truePositiveRate: [0, 0.6, 0.9, 1],
    threshold: [1, 0.8, 0.4, null],
  };

  it('is drawn with its axes and the operating point', () => {
    const lines = rocPlot(curve, { falsePositiveRate: 0.1, truePositiveRate: 0.75 }, plain, { width: 40, height: 10 });
    expect(lines.join('\n')).toMatchInlineSnapshot(`
      " 100 % │        ⣀⣀⣀⣀⣀⣀⣀⣀⠤⠤⠤⠤⠤⠤⠤⠤⠒⠒⠒⠒⠒⠒⠒⠒⠉⠉⠉⠉⡉⠉⠋⠉│
             │     ⢀⠤⠊                        ⡀ ⠂     │
             │   ⡠●⠁                      ⡀ ⠂         │
             │⣀⠔⠉                     ⡀ ⠂             │
             │⡅                   ⡀ ⠂                 │
        50 % │⠇               ⡀ ⠂                     │
             │⡃           ⡀ ⠂                         │
             │⠆       ⡀ ⠂                             │
             │⠇   ⡀ ⠂                                 │
         0 % │⡅ ⠂                                     │
             └────────────────────────────────────────┘
              0 %      false positive rate       100 %
              ● at the threshold: 75.0 % detected, 10.0 % false positives"
    `);
  });

  it('keeps every line as wide as its frame', () => {
    const lines = rocPlot(curve, null, plain, { width: 40, height: 10 });
    for (const line of lines.slice(0, 10)) expect([...line]).toHaveLength(8 + 40 + 1);
  });
});
