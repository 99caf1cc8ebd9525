import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowQuerySchema } from '../../../src/schema/api/rows.js';
import {
  alertViews,
  everyInstance,
  filterOf,
  importanceOrders,
  openingState,
  type PageState,
  queryOf,
  readState,
  shownOutcomes,
  writeState,
} from '../../../viewer/src/classification/page-state.js';
import { featureListOrders, instanceTabs } from '../../../viewer/src/instance/panel-state.js';
import { familySorts } from '../../../viewer/src/classification/figures/family-rates.js';

const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);

const states: fc.Arbitrary<PageState> = fc.record({
  part: maybe(fc.string()),
  threshold: maybe(number),
  rocAxis: fc.constantFrom('linear', 'log'),
  bars: fc.constantFrom('stacked', 'log'),
  oneIn: maybe(fc.integer({ min: 2 })),
  familySort: fc.constantFrom(...familySorts),
  alerts: maybe(fc.constantFrom(...alertViews)),
  importanceOrder: fc.constantFrom(...importanceOrders),
  importanceText: fc.string(),
  varied: maybe(fc.nat()),
  curves: fc.constantFrom('all', 'mean'),
  importanceClass: maybe(fc.string()),
  list: fc.record({
    show: fc.constantFrom(...shownOutcomes),
    label: maybe(fc.constantFrom('malicious', 'benign', 'none')),
    family: maybe(fc.string()),
    actual: maybe(fc.string()),
    predicted: maybe(fc.string()),
    mistaken: maybe(fc.boolean()),
    minimum: maybe(number),
    maximum: maybe(number),
    includeMaximum: fc.boolean(),
    rejected: fc.constantFrom('yes' as const, 'no' as const, null),
    text: fc.string(),
    sort: fc.constantFrom('rank', 'ident', 'probability'),
    direction: fc.constantFrom('ascending', 'descending'),
  }),
  instance: maybe(fc.string()),
  instancePart: maybe(fc.string()),
  instancePanel: fc.record({
    tab: fc.constantFrom(...instanceTabs),
    order: maybe(fc.constantFrom(...featureListOrders)),
    text: fc.string(),
  }),
  feature: maybe(fc.nat()),
});

describe('the state of the page', () => {
  it('is restored from the address', () => {
    fc.assert(
      fc.property(states, (state) => {
        expect(readState(new URLSearchParams(writeState(state).toString()))).toEqual(state);
      }),
    );
  });

  it('adds nothing to the address of the page as it opens', () => {
    expect(writeState(openingState).toString()).toBe('');
    expect(readState(new URLSearchParams())).toEqual(openingState);
  });

  it('takes what makes no sense for not said', () => {
    const query = new URLSearchParams(
      'threshold=high&roc=round&show=everything&sort=colour&feature=-1&one-in=0&label=?',
    );
    expect(readState(query)).toEqual(openingState);
  });

  it('asks for rows in words that the API knows', () => {
    fc.assert(
      fc.property(states, number, ({ list }, threshold) => {
        const query = queryOf(list, 'test', threshold);
        expect(rowQuerySchema.partial().parse(query)).toMatchObject(query);
      }),
    );
  });

  it('sends the threshold only where it decides', () => {
    expect(filterOf(everyInstance, 'test', 0.3)).toEqual({ part: 'test' });
    expect(filterOf({ ...everyInstance, show: 'alerts' }, 'test', 0.3)).toEqual({
      part: 'test',
      threshold: 0.3,
      called: 'malicious',
    });
    expect(filterOf({ ...everyInstance, show: 'errors' }, 'test', 0.3)).toMatchObject({ outcome: 'error' });
  });
});
