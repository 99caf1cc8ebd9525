import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, inject } from 'vitest';
import { launchChromium } from './chromium.js';
import type { Site } from './site.js';

/** A suite over the site in a browser of its own; left out, and named as such, where there is no browser. */
export function describePages(title: string, body: (open: () => { browser: Browser; site: Site }) => void): void {
  const site = inject('site');
  describe.skipIf(site === null)(title, () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launchChromium();
    });
    afterAll(() => browser.close());
    body(() => ({ browser, site: site as Site }));
  });
}

/** Every page there is, by what it shows. */
export const everyPage: readonly (readonly [string, (site: Site) => string])[] = [
  ['home', () => '/'],
  ['home, one dataset', () => '/?project=SpamHam&dataset=spamassassin'],
  ['home, a dataset without experiments', () => '/?text=nothing-is-called-this'],
  ['a classification', ({ experiments }) => `/experiments/${experiments.plain}`],
  ['a classification of families', ({ experiments }) => `/experiments/${experiments.classes}`],
  ['folds', ({ experiments }) => `/experiments/${experiments.folds}`],
  ['settings and files', ({ experiments }) => `/experiments/${experiments.plain}/details`],
  ['an interrupted experiment', ({ experiments }) => `/experiments/${experiments.interrupted}`],
  ['an experiment of a newer version', ({ experiments }) => `/experiments/${experiments.newer}`],
  ['a classification with rejection', ({ experiments }) => `/experiments/${experiments.bayes}`],
  ['a comparison', ({ experiments }) => `/compare?id=${experiments.plain}&id=${experiments.bayes}`],
  ['a hostile classification', ({ experiments }) => `/experiments/${experiments.hostile}`],
  ['a labelling loop', ({ experiments }) => `/loops/${experiments.loop}`],
  ['what a labelling loop came to', ({ experiments }) => `/experiments/${experiments.loop}`],
  ['a hostile labelling loop', ({ experiments }) => `/loops/${experiments.hostileLoop}`],
  ['labelled instances', () => '/labels/Small/classes?set=main'],
  ['one of them', () => '/labels/Small/classes?set=main&instance=7'],
  ['families', () => '/labels/Small/classes/families?set=main'],
  ['one family', () => '/labels/Small/classes/families?set=main&chosen=malicious%3Aworm'],
  ['several families', () => '/labels/Small/classes/families?set=main&chosen=malicious%3Aworm&chosen=benign%3Aoffice'],
  ['a dataset without labels', () => '/labels/SpamHam/spamassassin?set=nobody%27s'],
  ['hostile labels', () => '/labels/Hostile/corpus'],
  ['hostile families', () => '/labels/Hostile/corpus/families'],
  ['statistics', ({ experiments }) => `/experiments/${experiments.statistics}`],
  ['statistics, one feature', ({ experiments }) => `/experiments/${experiments.statistics}?feature=7`],
  ['hostile statistics', ({ experiments }) => `/experiments/${experiments.hostileStatistics}?feature=3`],
  ['folds in the order of time', ({ experiments }) => `/experiments/${experiments.temporal}`],
  ['a race of models', ({ experiments }) => `/experiments/${experiments.race}`],
  ['families left out', ({ experiments }) => `/experiments/${experiments.leftOut}`],
  [
    'a projection',
    ({ experiments }) =>
      `/experiments/${experiments.projection}?x=1&y=3&view=4,3,12&colour=family&area=1-3:polygon:-1,-1,31,-1,31,24,-1,24`,
  ],
  ['an instance of a projection', ({ experiments }) => `/experiments/${experiments.projection}?instance=7`],
  [
    'a hostile projection',
    ({ experiments }) =>
      `/experiments/${experiments.hostileProjection}?colour=family&area=1-2:polygon:-1,-1,31,-1,31,24,-1,24&instance=2`,
  ],
  ['clusters', ({ experiments }) => `/experiments/${experiments.clusters}`],
  ['a member of a cluster', ({ experiments }) => `/experiments/${experiments.clusters}?predicted=2&instance=7`],
  ['hostile clusters', ({ experiments }) => `/experiments/${experiments.hostileClusters}?predicted=2`],
  ['hostile settings', ({ experiments }) => `/experiments/${experiments.hostile}/details`],
];
