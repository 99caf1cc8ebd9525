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
    expect(
      await drawer(page)
        .getByText(/The instance has /)
        .innerText(),
    ).toMatch(/percentile [\d.]+ of the benign/);
    await drawer(page).locator('.chart svg text', { hasText: 'the instance' }).waitFor();
    await page.keyboard.press('Escape');
    await drawer(page).getByText('The model starts at').waitFor();
    expect(new URL(page.url()).searchParams.get('instance-order')).toBe('name');
    expect(problems).toEqual([]);
    await close();
  });

  it('leads through the list it was opened from, with the next one at hand', async () => {
    const { browser, site } = open();
    const list = 'show=alerts&sort=probability&direction=descending';
    const { page, problems, close } = await visit(browser, site, `/experiments/${site.experiments.plain}?${list}`);
    const rows = page.locator('.instances .virtual-body [role=row]');
    const idents = await rows.locator('[role=gridcell]:nth-child(2)').allInnerTexts();
    const title = drawer(page).locator('h2');
    await rows.nth(1).click();
    await drawer(page)
      .getByText(/^2 of /)
      .waitFor();
    await title.getByText(idents[1], { exact: true }).waitFor();
    await page.waitForLoadState('networkidle');
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.keyboard.press('j');
    await drawer(page)
      .getByText(/^3 of /)
      .waitFor();
    await title.getByText(idents[2], { exact: true }).waitFor();
    await page.waitForLoadState('networkidle');
    const third = new URL(page.url()).searchParams.get('instance') ?? '';
    expect(asked.filter((path) => path.includes(`/instances/${encodeURIComponent(third)}`))).toEqual([]);
    // Pressed quickly, a key counts as often as it was pressed.
    await page.keyboard.press('k');
    await page.keyboard.press('k');
    await drawer(page)
      .getByText(/^1 of /)
      .waitFor();
    expect(await drawer(page).getByLabel('Previous instance of the list').isDisabled()).toBe(true);
    await title.getByText(idents[0], { exact: true }).waitFor();
    expect(problems).toEqual([]);
    await close();
  });

  it('opens as a link says: order and search of its features, in the list or outside of it', async () => {
    const { browser, site } = open();
    const path = `/experiments/${site.experiments.plain}?family=nobody&instance=3749&instance-order=name&instance-text=free`;
    const { page, problems, close } = await visit(browser, site, path);
    await drawer(page).locator('.virtual-body [role=row]').first().waitFor();
    expect(await drawer(page).getByLabel('First').inputValue()).toBe('name');
    expect(await drawer(page).getByLabel('Search the features').inputValue()).toBe('free');
    expect(await firstFeature(page)).toContain('free');
    await drawer(page).getByText('not in the list').waitFor();
    expect(problems).toEqual([]);
    await close();
  });

  it('picks a family by typing some of its letters, and offers a new one', async () => {
    const { browser, site } = open();
    const { page, problems, close } = await visit(browser, site, `/experiments/${site.experiments.classes}?instance=7`);
    await page.waitForSelector('.label-now');
    await page.keyboard.press('f');
    const field = drawer(page).getByRole('combobox', { name: 'Family' });
    await field.fill('ot');
    const offered = drawer(page).locator('.family-choices [role=option]');
    const some = await offered.first().locator('.data-text').innerText();
    expect(await offered.last().innerText()).toContain('new family');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    expect(await field.inputValue()).toBe(some);
    expect(await offered.count()).toBe(0);
    // The focus is on the answer that goes with it.
    expect(await page.evaluate(() => document.activeElement?.textContent)).toMatch(/Malicious|Benign/);
    await field.fill('<i>unheard of</i>');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await drawer(page).getByText('Saved.').waitFor();
    const latest = drawer(page).locator('.instance-labels tbody tr').first();
    await latest.getByText('<i>unheard of</i>').waitFor();
    expect(await latest.innerText()).toContain('malicious');
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

  it('holds an instance against the nearest of the other class, says what turns the verdict, and opens one', async () => {
    const { browser, site } = open();
    const path = `/experiments/${site.experiments.plain}?instance=3749`;
    const { page, problems, close } = await visit(browser, site, path);
    await drawer(page).getByRole('tab', { name: 'Nearest instances' }).click();
    await page.waitForURL(/instance-tab=nearest/);
    const nearest = drawer(page).locator('.nearest-instances');
    await nearest.locator('.neighbour').first().waitFor();
    const called = await drawer(page).locator('table').first().locator('tbody td').first().innerText();
    const [other, same] = await nearest.locator('h3').allInnerTexts();
    expect(same).toContain(called);
    expect(other).toContain(called === 'malicious' ? 'benign' : 'malicious');
    const first = nearest.locator('.neighbour').first();
    expect(await first.innerText()).toMatch(/distance [\d.]+, [\d,]+ differ/);
    expect(await first.locator('.turning li').count()).toBeGreaterThan(0);
    const [feature, values] = await first.locator('tbody tr').first().locator('th, td').allInnerTexts();
    const [here, there] = values.split(' → ');
    expect([feature, here === there]).toEqual([expect.stringMatching(/./), false]);
    const ident = await first.locator('summary .data-text').innerText();
    await first.getByRole('button', { name: 'Open it' }).click();
    await drawer(page).locator('h2').getByText(ident, { exact: true }).waitFor();
    expect(new URL(page.url()).searchParams.get('instance-part')).toBe('train');
    await page.goBack();
    await page.waitForURL(/instance=3749/);
    expect(problems).toEqual([]);
    await close();
  });

  it('shows hostile names of neighbours and features as text', async () => {
    const { browser, site } = open();
    const { page, problems, close } = await visit(browser, site, `/experiments/${site.experiments.hostile}`);
    await page.locator('.instances .virtual-body [role=row]').first().click();
    await drawer(page).getByRole('tab', { name: 'Nearest instances' }).click();
    await drawer(page).locator('.neighbour').first().waitFor();
    expect(await page.locator('.nearest-instances').locator('script, img, b, i, iframe').count()).toBe(0);
    expect(problems).toEqual([]);
    await close();
  });

  for (const theme of ['light', 'dark'] as const) {
    for (const width of [390, 1440]) {
      it(`has no serious fault beside the nearest instances: ${theme}, ${width} pixels`, async () => {
        const { browser, site } = open();
        const path = `/experiments/${site.experiments.plain}?instance=3749&instance-tab=nearest`;
        const { page, close } = await visit(browser, site, path, { theme, width });
        await drawer(page).locator('.neighbour').first().waitFor();
        expect(await seriousFindings(page)).toEqual([]);
        await close();
      });
    }
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
    expect(await drawer(page).getByRole('tab').allInnerTexts()).toEqual(['Features', 'Nearest instances']);
    await drawer(page).getByRole('tab', { name: 'Nearest instances' }).click();
    await drawer(page).locator('.neighbour').nth(3).waitFor();
    expect(await drawer(page).locator('.nearest-group h3').count()).toBe(2);
    // Its neighbours are training instances, which the file does not keep.
    expect(await drawer(page).getByRole('button', { name: 'Open it' }).count()).toBe(0);
    expect(problems).toEqual([]);
    await close();
  });
});
