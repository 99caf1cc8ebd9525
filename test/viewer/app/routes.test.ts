import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { experimentPath, experimentViews, labelsPath, labelViews, routeOf } from '../../../viewer/src/app/routes.js';

describe('routes', () => {
  it('lead to an experiment of any id and back', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), fc.constantFrom(...experimentViews), (id, view) => {
        expect(routeOf(experimentPath(id, view))).toEqual({ page: 'experiment', id, view });
      }),
    );
  });

  it('lead to the labels of any dataset and back', () => {
    const names = fc.string({ minLength: 1, unit: 'grapheme' });
    fc.assert(
      fc.property(names, names, fc.constantFrom(...labelViews), (project, dataset, view) => {
        expect(routeOf(labelsPath(project, dataset, view))).toEqual({ page: 'labels', project, dataset, view });
      }),
    );
  });

  it('know what is no page', () => {
    for (const path of [
      '/nothing',
      '/experiments',
      '/experiments/',
      '/experiments/a/b',
      '/experiments/%E0%A4%A',
      '/labels/P',
      '/labels/P/D/x',
      '/loops/L/iterations/0',
      '/loops/L/iterations/1.5',
      '/loops/L/iterations/',
      '',
    ]) {
      expect(routeOf(path), path).toEqual({ page: 'unknown' });
    }
  });
});
