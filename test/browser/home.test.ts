import { expect, it } from 'vitest';
import { describePages } from './describe-pages.js';
import { settled, visit } from './visit.js';

describePages('home', (open) => {
  const rows = '.virtual-body [role=row]';

  it('lists what was computed, the latest first, and what became of it', async () => {
    const { browser, site } = open();
    const { page, close } = await visit(browser, site, '/');
    expect(await page.locator(rows).count()).toBe(Object.keys(site.experiments).length);
    expect(await page.locator(rows, { hasText: 'killed' }).innerText()).toContain('interrupted');
    // The hostile loop was begun last.
    expect(await page.locator(rows).first().innerText()).toContain('active learning');
    // Of several kinds, each has the figures that stand for it.
    const result = (name: string) => page.locator(rows, { hasText: name }).locator('[role=gridcell]:nth-child(5)');
    expect(await result('first look').innerText()).toMatch(/^ROC AUC 0\.9\d+ · /);
    expect(await result('three folds').innerText()).toMatch(/^ROC AUC 0\.\d+ · /);
    expect(await page.locator('.dataset-tree').innerText()).toContain('spamassassin');
    await close();
  });

  it('searches, filters, sorts, and keeps all of it in the address', async () => {
    const { browser, site } = open();
    const { page, close } = await visit(browser, site, '/');
    await page.getByRole('searchbox').fill('spamassassin first');
    await page.locator('.virtual-row', { hasText: 'first look' }).waitFor();
    await page.waitForFunction((selector) => document.querySelectorAll(selector).length === 1, rows);
    await page.waitForURL(/text=spamassassin\+first/);
    await page.reload();
    await settled(page);
    expect(await page.locator(rows).count()).toBe(1);
    expect(await page.getByRole('searchbox').inputValue()).toBe('spamassassin first');

    await page.goto(`${site.url}/?state=interrupted`);
    await settled(page);
    expect(await page.locator(rows).count()).toBe(1);

    await page.goto(`${site.url}/?project=SpamHam&dataset=spamassassin&kind=classify&state=done`);
    await settled(page);
    await page.getByRole('button', { name: 'ROC AUC' }).click();
    await page.waitForURL(/sort=rocAuc/);
    await settled(page);
    const areas = (await page.locator(`${rows} [role=gridcell]:nth-child(3)`).allInnerTexts()).map(Number);
    expect(areas).toHaveLength(3);
    expect(areas).toEqual(areas.toSorted((a, b) => b - a));
    await close();
  });

  it('opens an experiment and finds its way back', async () => {
    const { browser, site } = open();
    const { page, close } = await visit(browser, site, '/?project=SpamHam');
    await page.getByRole('link', { name: 'first look' }).click();
    await page.waitForURL(`**/experiments/${site.experiments.plain}`);
    await page.getByRole('heading', { level: 1, name: 'first look' }).waitFor();
    await page.goBack();
    await settled(page);
    expect(new URL(page.url()).search).toBe('?project=SpamHam');
    expect(await page.locator(rows).count()).toBe(5);
    await page.goForward();
    await page.getByRole('heading', { level: 1, name: 'first look' }).waitFor();
    await close();
  });

  it('compares the chosen ones', async () => {
    const { browser, site } = open();
    const { page, problems, close } = await visit(browser, site, '/?project=SpamHam&state=done');
    const button = page.getByRole('button', { name: /^Compare/ });
    expect(await button.isDisabled()).toBe(true);
    await page.getByRole('checkbox', { name: 'Compare first look' }).check();
    await page.getByRole('checkbox', { name: `Compare ${site.experiments.bayes}` }).check();
    await page.getByRole('button', { name: 'Compare 2' }).click();
    await page.getByRole('heading', { name: 'Alerts won and lost' }).waitFor();
    const figures = page.getByRole('table', { name: 'Figures side by side' });
    expect(await figures.getByRole('row', { name: /ROC AUC/ }).innerText()).toMatch(/worse/);
    expect(problems).toEqual([]);
    await close();
  });

  it('says what to type where nothing was computed', async () => {
    const { browser, site } = open();
    const { page, close } = await visit(browser, site, '/');
    await page.route('**/api/home', async (route) => {
      const home = (await (await route.fetch()).json()) as object;
      await route.fulfill({ json: { ...home, experiments: [] } });
    });
    await page.reload();
    await settled(page);
    expect(await page.locator('main').innerText()).toContain(
      'secuml classify --project SpamHam --dataset spamassassin',
    );
    await close();
  });
});
