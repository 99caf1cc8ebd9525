import { describe, expect, it } from 'vitest';
import type { PanelData } from '../../src/schema/panels/registry.js';
import { raceSection } from '../../src/terminal/race-section.js';
import { styleFor } from '../../src/terminal/style.js';
import { textWidth } from '../../src/terminal/wrap.js';

type Runner = PanelData<'race'>['runners'][number];

const runner = (model: string, more: Partial<Runner> = {}): Runner => ({
  model,
  standing: 'judged',
  reason: null,
  tried: 4,
  points: 4,
  params: {},
  mean: 0.9,
  std: 0.01,
  folds: [0.89, 0.91],
  won: false,
  even: false,
  ...more,
});

const unjudged = { tried: 0, params: null, mean: null, std: null, folds: [] };

const panel: PanelData<'race'> = {
  objective: 'roc-auc',
  timeLimit: 9,
  runners: [
    runner('logistic-regression', { standing: 'defaults', tried: 1, points: 8, mean: 0.8 }),
    runner('gaussian-naive-bayes', { ...unjudged, standing: 'left-out', reason: 'it cannot weigh rows' }),
    runner('k-nearest-neighbours', { ...unjudged, standing: 'not-begun' }),
    runner('random-forest', { mean: 0.94, even: true }),
    runner('hist-gradient-boosting', { mean: 0.95, won: true, params: { learningRate: 0.1, maxLeafNodes: 31 } }),
    runner('gradient-boosting', { ...unjudged, standing: 'stopped' }),
  ],
};

const durations = [
  { stage: 'reading', seconds: 1 },
  { stage: 'race: hist-gradient-boosting', seconds: 1.5 },
  { stage: 'race: random-forest', seconds: 2 },
  { stage: 'race: gradient-boosting', seconds: 3 },
  { stage: 'race: hist-gradient-boosting', seconds: 4 },
];

const section = (columns?: number): string => {
  const stream = (columns === undefined ? { isTTY: false } : { isTTY: true, columns }) as NodeJS.WriteStream;
  return raceSection(panel, durations, styleFor(stream, { NO_COLOR: '1' }));
};

describe('the race of models on a terminal', () => {
  it('has the best first, the seconds of each, and why one was not judged', () => {
    const lines = section().split('\n');
    const at = (model: string): string => lines.find((line) => line.trim().startsWith(model)) ?? '';
    expect(lines.slice(2, 4).map((line) => line.trim().split(' ')[0])).toEqual([
      'hist-gradient-boosting',
      'random-forest',
    ]);
    expect(at('hist-gradient-boosting')).toMatch(/5\.5 s +won, 4 settings +learningRate=0\.1 maxLeafNodes=31/);
    expect(at('random-forest')).toMatch(/2\.0 s +even with it/);
    expect(at('logistic-regression')).toMatch(/0\.8000 ± .*defaults only, of 8 settings/);
    expect(at('gaussian-naive-bayes')).toMatch(/– +– +left out: it cannot weigh rows/);
    expect(at('k-nearest-neighbours')).toMatch(/– +not begun: the time was up/);
    expect(at('gradient-boosting')).toMatch(/3\.0 s +stopped: the time was up/);
  });

  it.each([120, 80, 60])('fits into %i columns', (columns) => {
    for (const line of section(columns).split('\n')) expect(textWidth(line), line).toBeLessThanOrEqual(columns);
  });
});
