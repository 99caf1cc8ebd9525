import { expect, it } from 'vitest';
import { describePages } from './describe-pages.js';
import { seriousFindings, settled, visit } from './visit.js';

describePages('what a model looks at', (open) => {
  it('lists what shuffling a feature loses, with its deviation, part and rows', async () => {
    const { browser, site } = open();
    const { page, problems, close } = await visit(browser, site, `/experiments/${site.experiments.leftOut}`);
    const panel = page.locator('section', { has: page.getByRole('heading', { name: 'Feature importances' }) });
    const note = await panel.locator('.panel-note').innerText();
    expect(note).toMatch(/ROC AUC lost when a feature is shuffled, mean ± deviation of 5 times; Test, \d+ of \d+/i);
    const rows = panel.locator('.virtual-body [role=row]');
    expect(await rows.first().innerText()).toMatch(/[\d.]+ ± [\d.]+/);
    const values = await rows.locator('[role=gridcell]:nth-child(4)').allInnerTexts();
    const sizes = values.map((text) => Number.parseFloat(text.trim().replace('−', '-')));
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    expect(problems).toEqual([]);
    await close();
  });

  it('names what a narrow list has no room for, and nothing without a name', async () => {
    const { browser, site } = open();
    const path = `/experiments/${site.experiments.leftOut}`;
    const { page, close } = await visit(browser, site, path, { width: 390 });
    const panel = page.locator('section', { has: page.getByRole('heading', { name: 'Feature importances' }) });
    expect(await panel.locator('.table-foot').innerText()).toMatch(/No room for: Rank, Effect$/);
    await close();
  });

  it('draws the model over the values of a feature, chosen in the panel or opened from the list', async () => {
    const { browser, site } = open();
    const { page, problems, close } = await visit(browser, site, `/experiments/${site.experiments.leftOut}`);
    const panel = page.locator('section.panel', { has: page.getByRole('heading', { name: 'Partial dependence' }) });
    const chart = panel.getByRole('img');
    const first = await chart.getAttribute('aria-label');
    expect(first).toMatch(/^Partial dependence on .+: mean from [\d.]+ \(at .+\) to [\d.]+ \(at .+\)$/);
    const lines = () => panel.locator('.chart svg [aria-label=line] path').count();
    const many = await lines();
    expect(many).toBeGreaterThan(10);
    await panel.getByRole('button', { name: 'Mean alone, closer' }).click();
    await page.waitForURL(/curves=mean/);
    await expect.poll(lines).toBe(1);
    await panel.locator('select').selectOption({ index: 1 });
    await page.waitForURL(/varied=\d/);
    await expect.poll(() => chart.getAttribute('aria-label')).not.toBe(first);
    await panel.getByRole('button', { name: 'Table' }).click();
    expect(await panel.locator('thead').innerText()).toMatch(/value\s+mean\s+malicious nearby\s+benign nearby/);
    const list = page.locator('section', { has: page.getByRole('heading', { name: 'Feature importances' }) });
    await list.locator('.virtual-body [role=row]').first().click();
    await settled(page);
    const drawer = page.locator('aside.drawer');
    await drawer.getByRole('heading', { name: 'Partial dependence' }).waitFor();
    expect(await drawer.getByRole('img').first().getAttribute('aria-label')).toContain('mean from');
    expect(problems).toEqual([]);
    await close();
  });

  it('shows names of features that are markup as text', async () => {
    const { browser, site } = open();
    const { page, problems, close } = await visit(browser, site, `/experiments/${site.experiments.hostile}`);
    const panel = page.locator('section.panel', { has: page.getByRole('heading', { name: 'Partial dependence' }) });
    await panel.getByRole('img').waitFor();
    expect(await panel.locator('script, img, iframe').count()).toBe(0);
    expect(problems).toEqual([]);
    await close();
  });

  for (const theme of ['light', 'dark'] as const) {
    it(`has no serious fault in the drawer of a feature: ${theme}`, async () => {
      const { browser, site } = open();
      const path = `/experiments/${site.experiments.leftOut}?feature=0`;
      const { page, close } = await visit(browser, site, path, { theme, width: 390 });
      await page.locator('aside.drawer').getByRole('img').first().waitFor();
      expect(await seriousFindings(page)).toEqual([]);
      await close();
    });
  }
});
