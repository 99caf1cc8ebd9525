import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { describePages } from './describe-pages.js';
import { layoutFaults } from './layout-faults.js';
import { seriousFindings, settled, visit } from './visit.js';

const numberIn = (text: string | null): number => Number((text ?? '').replaceAll(/[^\d.]/g, ''));

const cell = (page: Page, outcome: string): Locator => page.locator(`button[data-outcome=${outcome}]`);

const cellCount = async (page: Page, outcome: string): Promise<number> =>
  numberIn(await cell(page, outcome).locator('.confusion-count').textContent());

/** How many instances the list says it has. */
async function listed(page: Page): Promise<number> {
  await page.waitForTimeout(250);
  await settled(page);
  return numberIn(await page.locator('.instances .table-foot span').first().textContent());
}

const thresholdField = (page: Page): Locator => page.locator('.threshold-bar .slider-field');

const shownThreshold = async (page: Page): Promise<number> => Number(await thresholdField(page).inputValue());

/** Where the marks of the threshold stand: on the histogram and on both curves. */
const marks = (page: Page): Promise<number[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('.threshold-line, .threshold-point')].map((mark) => {
      const { x, y } = mark.getBoundingClientRect();
      return x + y / 1e4;
    }),
  );

describePages('the classification page', (open) => {
  it('leads from a feature to its statistics, and says how to have them', async () => {
    const { browser, site } = open();
    const { page, problems, close } = await visit(browser, site, `/experiments/${site.experiments.plain}?feature=3`);
    const drawer = page.locator('.drawer');
    const name = await drawer.getByRole('heading').first().innerText();
    await drawer.getByRole('link', { name: /Scores, percentiles/ }).click();
    await page.waitForURL(`**/experiments/${site.experiments.statistics}?feature-named=*`);
    await settled(page);
    expect(await drawer.getByRole('heading').first().innerText()).toBe(name);
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    await page.goto(`${site.url}/experiments/${site.experiments.classes}?feature=0`);
    await drawer.getByText('secuml stats Small classes').waitFor();
    expect(problems).toEqual([]);
    await close();
  });

  it('lists what is rejected, with the figures of what is kept', async () => {
    const { browser, site } = open();
    const { page, problems, close } = await visit(browser, site, `/experiments/${site.experiments.bayes}`);
    const panel = page.locator('section', { has: page.getByRole('heading', { name: 'Rejection' }) });
    const [, rejected, all] = /^([\d,]+) of ([\d,]+) predictions/m.exec(await panel.innerText()) ?? [];
    expect(numberIn(rejected)).toBeGreaterThan(0);
    expect(numberIn(rejected)).toBeLessThanOrEqual(0.1 * numberIn(all));
    await panel.getByRole('button', { name: 'List the rejected' }).click();
    await page.waitForURL(/rejected=yes/);
    expect(await listed(page)).toBe(numberIn(rejected));
    await page.locator('.list-controls label', { hasText: 'Rejected' }).locator('select').selectOption('no');
    expect(await listed(page)).toBe(numberIn(all) - numberIn(rejected));
    expect(problems).toEqual([]);
    await close();
  });

  it('shows the alerts: the highest, some drawn by chance, clusters and families; each opens its instance', async () => {
    const { browser, site } = open();
    const { page, problems, close } = await visit(browser, site, `/experiments/${site.experiments.plain}`);
    const panel = page.locator('section', { has: page.getByRole('heading', { name: 'Alerts', exact: true }) });
    const alerts = numberIn(/^([\d,]+) of [\d,]+ instances/m.exec(await panel.innerText())?.[1] ?? '');
    expect(alerts).toBe(numberIn((await page.locator('.alert-count').innerText()).split(' ')[0]));
    expect(await panel.locator('tbody tr').count()).toBe(10);
    await panel.getByRole('button', { name: /show all/ }).click();
    await panel.locator('tbody tr').nth(99).waitFor();
    expect(await panel.locator('tbody tr').count()).toBe(100);
    for (const name of ['Clusters', 'Families']) {
      await panel.getByRole('button', { name }).click();
      await page.waitForURL(new RegExp(`alerts=${name.toLowerCase()}`));
      const counts = await panel.locator('.alert-group-count').allInnerTexts();
      expect(counts.map((text) => numberIn(text.split(' ')[0])).reduce((sum, count) => sum + count, 0)).toBe(alerts);
    }
    await panel.locator('.alert-members button').first().click();
    await page.waitForURL(/instance=/);
    await page.locator('.drawer').waitFor();
    expect(problems).toEqual([]);
    await close();
  });

  it('follows a dragged threshold everywhere without drawing its charts again', async () => {
    const { browser, site } = open();
    const { page, problems, close } = await visit(browser, site, `/experiments/${site.experiments.plain}`, {
      height: 1800,
    });
    const box = await page.locator('.threshold-bar input[type=range]').boundingBox();
    if (!box) throw new Error('no slider');
    const charts = await page.evaluateHandle(() => [...document.querySelectorAll('.chart > svg')]);
    const before = await marks(page);
    const alerts = await page.locator('.alert-count').innerText();
    const y = box.y + box.height / 2;
    await page.mouse.move(box.x + box.width / 2, y);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.15, y, { steps: 12 });
    await page.waitForTimeout(50);
    const during = await marks(page);
    expect(during).toHaveLength(3);
    for (const [i, mark] of during.entries()) expect(mark, `mark ${i}`).not.toBe(before[i]);
    expect(await page.locator('.alert-count').innerText()).not.toBe(alerts);
    await page.mouse.up();
    await page.waitForURL(/threshold=0\.1\d*/);
    const same = await charts.evaluate((drawn) => drawn.length > 0 && drawn.every((svg) => svg.isConnected));
    expect(same).toBe(true);
    expect(problems).toEqual([]);
    await close();
  });

  it('leads from each cell of the matrix to as many instances, whatever the threshold', async () => {
    const { browser, site } = open();
    const { page, close } = await visit(browser, site, `/experiments/${site.experiments.plain}`);
    for (const preset of ['As decided', 'FPR ≤ 1 %', 'FDR ≤ 5 %', 'Best F1']) {
      await page.getByRole('button', { name: preset }).click();
      for (const outcome of ['true-positive', 'false-negative', 'false-positive', 'true-negative']) {
        await cell(page, outcome).click();
        expect(await listed(page), `${outcome} at ${preset}`).toBe(await cellCount(page, outcome));
      }
    }
    // The list stays with the threshold when that moves on.
    await thresholdField(page).fill('0.9');
    await thresholdField(page).press('Enter');
    await page.waitForURL(/threshold=0\.9/);
    expect(await listed(page)).toBe(await cellCount(page, 'true-negative'));
    await close();
  });

  it('takes a typed threshold, arrows, and a budget of alerts', async () => {
    const { browser, site } = open();
    const { page, close } = await visit(browser, site, `/experiments/${site.experiments.plain}`);
    await thresholdField(page).fill('0.12345');
    await thresholdField(page).press('Enter');
    await expect.poll(() => shownThreshold(page)).toBe(0.123);
    const slider = page.locator('.threshold-bar input[type=range]');
    await slider.press('ArrowRight');
    await expect.poll(() => shownThreshold(page)).toBe(0.124);
    await slider.press('End');
    await expect.poll(() => shownThreshold(page)).toBe(1);
    expect(await cellCount(page, 'true-positive')).toBe(0);
    await page.getByLabel('Alert budget').fill('20');
    await page.getByLabel('Alert budget').press('Enter');
    await expect.poll(() => cellCount(page, 'true-positive')).toBeGreaterThan(0);
    const alerts = (await cellCount(page, 'true-positive')) + (await cellCount(page, 'false-positive'));
    expect(alerts).toBeLessThanOrEqual(20);
    await slider.press('ArrowLeft');
    await page.getByRole('group', { name: 'Which instances' }).getByRole('button', { name: 'Alerts' }).click();
    const now = (await cellCount(page, 'true-positive')) + (await cellCount(page, 'false-positive'));
    expect(await listed(page)).toBe(now);
    await close();
  });

  it('is restored by its address, and by the back button', async () => {
    const { browser, site } = open();
    const first = await visit(browser, site, `/experiments/${site.experiments.plain}`);
    const { page } = first;
    await page.getByRole('button', { name: /^Train/ }).click();
    await settled(page);
    await page.getByRole('button', { name: 'Logarithmic' }).click();
    await page.getByRole('button', { name: 'FPR ≤ 1 %' }).click();
    await page.waitForURL(/threshold=/);
    await cell(page, 'false-negative').click();
    await page.getByRole('columnheader', { name: 'Ident' }).getByRole('button').click();
    await page.waitForURL(/sort=ident/);
    const missed = await listed(page);
    const top = await page.locator('.virtual-body [role=row]').first().innerText();
    const address = new URL(page.url());
    await first.close();

    const again = await visit(browser, site, `${address.pathname}${address.search}`);
    expect(await listed(again.page)).toBe(missed);
    expect(await again.page.locator('.virtual-body [role=row]').first().innerText()).toBe(top);
    expect(await cellCount(again.page, 'false-negative')).toBe(missed);
    for (const name of [/^Train/, 'Logarithmic', 'FPR ≤ 1 %', /^Missed/]) {
      expect(await again.page.getByRole('button', { name }).first().getAttribute('aria-pressed'), `${name}`).toBe(
        'true',
      );
    }
    await again.page.getByRole('button', { name: /^Test/ }).click();
    await settled(again.page);
    await again.page.goBack();
    await expect.poll(() => cellCount(again.page, 'false-negative').catch(() => -1)).toBe(missed);
    await again.close();
  });

  it('leads from a bar, from its table and from a family to their instances', async () => {
    const { browser, site } = open();
    const { page, close } = await visit(browser, site, `/experiments/${site.experiments.plain}`);
    const histogram = page.locator('.panel', { has: page.getByRole('heading', { name: 'Predictions' }) });
    await histogram.getByRole('button', { name: 'Table' }).click();
    const lastRow = histogram.locator('tbody tr').last();
    const last = numberIn(await lastRow.locator('button').last().textContent());
    await lastRow.locator('button').last().click();
    expect(await listed(page)).toBe(last);
    expect(page.url()).toContain('to-included=true');

    await histogram.getByRole('button', { name: 'Table' }).click();
    const svg = await histogram.locator('svg').boundingBox();
    if (!svg) throw new Error('no chart');
    await page.mouse.click(svg.x + svg.width - 30, svg.y + svg.height - 43);
    await page.waitForURL(/label=malicious/);
    expect(await listed(page)).toBe(last);

    const family = page.locator('.families tbody tr').first();
    const members = numberIn((await family.locator('td').last().innerText()).split('/')[1]);
    await family.getByRole('button').click();
    expect(await listed(page)).toBe(members);
    await close();
  });

  it('sets the threshold by a click on a curve', async () => {
    const { browser, site } = open();
    const { page, close } = await visit(browser, site, `/experiments/${site.experiments.plain}`);
    const roc = page.locator('.panel', { has: page.getByRole('heading', { name: 'ROC' }) });
    await roc.locator('svg').scrollIntoViewIfNeeded();
    const svg = await roc.locator('svg').boundingBox();
    if (!svg) throw new Error('no chart');
    // The lower left end of the curve: nearly nothing is called malicious there.
    await page.mouse.click(svg.x + 54, svg.y + svg.height - 43);
    await expect.poll(() => cellCount(page, 'true-positive')).toBeLessThan(10);
    expect(await cellCount(page, 'false-positive')).toBe(0);
    expect(await shownThreshold(page)).toBeGreaterThan(0.5);
    await close();
  });

  it('shows classes: matrix, right and wrong, coefficients of each', async () => {
    const { browser, site } = open();
    const { page, close } = await visit(browser, site, `/experiments/${site.experiments.classes}`);
    const heat = page.locator('.heat td.right button').first();
    const words = await heat.getAttribute('aria-label');
    await heat.click();
    expect(await listed(page)).toBe(numberIn((words ?? '').split(' ')[0]));
    const right = page.locator('.right-wrong.right').first();
    const count = numberIn(((await right.getAttribute('aria-label')) ?? '').split(' ')[0]);
    await right.click();
    expect(await listed(page)).toBe(count);
    const coefficients = page.locator('.panel', { has: page.getByRole('heading', { name: 'Coefficients' }) });
    await coefficients.locator('select').first().selectOption({ index: 1 });
    await page.waitForURL(/class=/);
    await close();
  });

  it('shows folds with their spread, and a fold alone', async () => {
    const { browser, site } = open();
    const { page, close } = await visit(browser, site, `/experiments/${site.experiments.folds}`);
    expect(await page.locator('.indicators').innerText()).toContain('±');
    await cell(page, 'false-positive').click();
    expect(await listed(page)).toBe(await cellCount(page, 'false-positive'));
    const folds = page.locator('.panel', { has: page.getByRole('heading', { name: 'Folds' }) });
    const table = await folds.innerText();
    expect(table).toMatch(/Fold 0\b[^]*± standard deviation[^]*95 % interval of the mean\s+–\s+[\d.]+ – [\d.]+/);
    await page.getByRole('button', { name: 'Fold 1' }).click();
    await page.waitForURL(/part=fold\.1/);
    await settled(page);
    await cell(page, 'true-negative').click();
    expect(await listed(page)).toBe(await cellCount(page, 'true-negative'));
    await close();
  });

  it('searches and sorts features, and opens one', async () => {
    const { browser, site } = open();
    const { page, close } = await visit(browser, site, `/experiments/${site.experiments.plain}`);
    const panel = page.locator('.panel', { has: page.getByRole('heading', { name: 'Coefficients' }) });
    await panel.getByRole('searchbox').fill('click');
    await page.waitForURL(/feature-text=click/);
    await expect.poll(() => panel.locator('.virtual-body [role=row]').count()).toBeLessThan(5);
    await panel.locator('.virtual-body [role=row]').first().click();
    await page.waitForURL(/feature=\d+/);
    await page.locator('aside.drawer').waitFor();
    await settled(page);
    await page.keyboard.press('Escape');
    await page.locator('aside.drawer').waitFor({ state: 'detached' });
    await close();
  });

  it('keeps to its place with tables, drawers and other axes, in either theme, on a phone, too', async () => {
    const { browser, site } = open();
    const states = ['?roc=log&bars=log&show=errors', '?part=train&from=0.5&to=0.55'];
    for (const theme of ['light', 'dark'] as const) {
      for (const [i, width] of [1440, 390].entries()) {
        const path = `/experiments/${site.experiments.plain}${states[i]}`;
        const { page, problems, close } = await visit(browser, site, path, { theme, width });
        for (const button of await page.getByRole('button', { name: 'Table', exact: true }).all()) await button.click();
        expect(await seriousFindings(page), `${theme} ${width}`).toEqual([]);
        expect(await layoutFaults(page), `${theme} ${width}`).toEqual([]);
        expect(problems).toEqual([]);
        await close();
      }
    }
  });
});
