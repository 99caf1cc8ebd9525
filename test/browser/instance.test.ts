import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { describePages } from './describe-pages.js';
import { seriousFindings, settled, visit, visitFile } from './visit.js';

const drawer = (page: Page) => page.locator('aside.drawer');
const firstFeature = (page: Page) => drawer(page).locator('.virtual-body [role=row]').first().innerText();

describePages('the instance panel', (open) => {
  it('takes the value of the model apart, searches features and opens one of them', async () => {
    const { browser, site } = open();
    const { page, problems, close } = await visit(
      browser,
      site,
      `/experiments/${site.experiments.plain}?instance=3749`,
    );
    await page.waitForSelector('aside.drawer .virtual-body [role=row]');
    const sentence = await drawer(page).getByText('The model starts at').innerText();
    const total = /move it to (\S+)/.exec(sentence)?.[1];
    expect(await drawer(page).locator('table').first().innerText()).toContain(total);
    const largest = await firstFeature(page);
    await drawer(page).getByLabel('First').selectOption({ label: 'name' });
    await page.waitForFunction(
      (before) =>
        (document.querySelector('aside.drawer .virtual-body [role=row]') as HTMLElement)?.innerText !== before,
      largest,
    );
    await drawer(page).getByLabel('Search the features').fill('newslett');
    await page.waitForFunction(() => document.querySelectorAll('aside.drawer .virtual-body [role=row]').length === 1);
    await drawer(page).locator('.virtual-body [role=row]').click();
    await page.waitForURL(/feature=\d+/);
    await settled(page);
    expect(await drawer(page).innerText()).toContain('newslett');
    expect(problems).toEqual([]);
    await close();
  });

  it('labels by a key, keeps every answer and takes the last one back', async () => {
    const { browser, site } = open();
    const { page, problems, close } = await visit(browser, site, `/experiments/${site.experiments.plain}?instance=12`);
    await page.waitForSelector('.label-now');
    await drawer(page).getByLabel('Family', { exact: true }).fill('<b>lottery</b>');
    await drawer(page).getByLabel('Your name').fill('Ada');
    await drawer(page).locator('h2').click();
    await page.keyboard.press('m');
    await drawer(page).getByText('Saved.').waitFor();
    const answers = drawer(page).locator('.instance-labels tbody tr');
    await page.waitForFunction(() => document.querySelectorAll('.instance-labels tbody tr').length === 1);
    expect(await answers.first().innerText()).toMatch(/Ada\s+malicious\s+<b>lottery<\/b>/);
    await page.keyboard.press('u');
    await page.waitForFunction(() => document.querySelectorAll('.instance-labels tbody tr').length === 2);
    expect(await answers.first().innerText()).toContain('taken back');
    expect(problems).toEqual([]);
    await close();
  });

  for (const theme of ['light', 'dark'] as const) {
    it(`has no serious fault for those who cannot see it well: ${theme}`, async () => {
      const { browser, site } = open();
      const path = `/experiments/${site.experiments.plain}?instance=3749`;
      const { page, close } = await visit(browser, site, path, { theme, width: 390 });
      await page.waitForSelector('.label-now');
      await page.waitForSelector('aside.drawer .virtual-body [role=row]');
      expect(await seriousFindings(page)).toEqual([]);
      await close();
    });
  }

  it('shows what a single file keeps of an instance', async () => {
    const { browser, site } = open();
    const { page, problems, close } = await visitFile(browser, site.report);
    await page.locator('.instances .virtual-body [role=row]').first().click();
    await page.waitForSelector('aside.drawer .virtual-body [role=row]');
    expect(await drawer(page).innerText()).not.toContain('Label this instance');
    expect(problems).toEqual([]);
    await close();
  });
});
