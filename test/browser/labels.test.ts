import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { describePages } from './describe-pages.js';
import { seriousFindings, settled, visit } from './visit.js';

const families = '/labels/Small/classes/families?set=edited';
const drawer = (page: Page) => page.locator('aside.drawer');
const list = (page: Page) => page.locator('[role=grid][aria-label=families]');
/** The families with their sizes, as the list shows them. */
const shown = async (page: Page): Promise<Record<string, number>> => {
  const rows = await list(page).locator('.virtual-body [role=row]').allInnerTexts();
  const cells = rows.map((row) =>
    row
      .split('\n')
      .map((cell) => cell.trim())
      .filter(Boolean),
  );
  return Object.fromEntries(cells.map((row) => [`${row.at(-2)}`, Number(row.at(-1))]));
};
const told = (page: Page) => page.locator('.operation-told');

describePages('labelled instances', (open) => {
  it('are reached from the home page, searched, filtered and sorted; the address tells it all', async () => {
    const { browser, site } = open();
    const { page, problems, close } = await visit(browser, site, '/?project=Small&dataset=classes');
    await page.getByRole('link', { name: 'main', exact: true }).click();
    await page.waitForURL('**/labels/Small/classes?set=main');
    await settled(page);
    expect(await page.locator('.labels-figures').innerText()).toMatch(/labelled\s*400/);
    await page.getByLabel('Family').selectOption({ label: 'worm' });
    await page.getByLabel('Search idents').fill('file 1');
    await page.waitForURL(/family=worm&text=file\+1/);
    await settled(page);
    await page.getByRole('button', { name: 'Ident' }).click();
    await page.waitForURL(/sort=ident/);
    await settled(page);
    const rows = await page.locator('.virtual-body [role=row]').allInnerTexts();
    expect(rows.length).toBeGreaterThan(3);
    for (const row of rows) expect(row).toMatch(/malicious\s+worm\s+file 1\d*\s/);
    expect(rows).toEqual(rows.toSorted());
    await page.reload();
    await settled(page);
    expect(await page.locator('.virtual-body [role=row]').allInnerTexts()).toEqual(rows);
    expect(problems).toEqual([]);
    await close();
  });

  it('open beside the list, are labelled anew by a key, and show who said what', async () => {
    const { browser, site } = open();
    const path = '/labels/Small/classes?set=edited&sort=instanceId&direction=ascending';
    const { page, problems, close } = await visit(browser, site, path);
    await page.getByLabel('Your name').fill('Ada');
    await page.locator('.virtual-frame').focus();
    await page.keyboard.press('Enter');
    await drawer(page).locator('.label-now').waitFor();
    await drawer(page).getByLabel('Search the features').waitFor();
    await drawer(page).locator('.instance-labels').getByLabel('Family', { exact: true }).first().fill('crypto miner');
    await drawer(page).locator('h2').click();
    await page.keyboard.press('m');
    await drawer(page).getByText('Saved.').waitFor();
    await page.waitForFunction(() => document.querySelectorAll('.instance-labels tbody tr').length === 2);
    const answers = await drawer(page).locator('.instance-labels tbody tr').allInnerTexts();
    expect(answers[0]).toMatch(/Ada\s+malicious\s+crypto miner\s+page/);
    expect(answers[1]).toMatch(/ann\s.*labels import/);
    // The list beside it follows.
    await page.locator('.virtual-body [role=row]', { hasText: 'crypto miner' }).waitFor();
    await page.keyboard.press('u');
    await page.waitForFunction(() => document.querySelectorAll('.instance-labels tbody tr').length === 3);
    expect(problems).toEqual([]);
    await close();
  });

  it('go into a new label set by its name', async () => {
    const { browser, site } = open();
    const { page, problems, close } = await visit(browser, site, `/experiments/${site.experiments.bayes}?instance=99`);
    await page.waitForSelector('.label-now');
    await drawer(page).getByLabel('Label set').selectOption({ label: 'another …' });
    await drawer(page).getByLabel('New label set').fill('../x');
    expect(await drawer(page).getByRole('button', { name: 'Use' }).isDisabled()).toBe(true);
    await drawer(page).getByLabel('New label set').fill("Ada's set");
    await page.keyboard.press('Enter');
    await drawer(page).locator('.label-now').waitFor();
    await drawer(page).getByRole('button', { name: 'Benign' }).click();
    await drawer(page).getByText('Saved.').waitFor();
    await drawer(page).getByRole('link', { name: 'All labels of the set' }).click();
    await page.waitForURL('**/labels/SpamHam/spamassassin?set=Ada**');
    await settled(page);
    expect(await page.locator('.labels-figures').innerText()).toMatch(/labelled\s*1/);
    expect(problems).toEqual([]);
    await close();
  });
});

describePages('the family editor', (open) => {
  it('renames, merges, splits and swaps by keys alone, and undoes all of it', async () => {
    const { browser, site } = open();
    const { page, problems, close } = await visit(browser, site, families);
    const before = await shown(page);
    expect(Object.keys(before).sort()).toEqual(['botnet', 'office', 'worm']);
    const confirm = async (): Promise<void> => {
      await page.getByRole('dialog').waitFor();
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await told(page).getByText('Done:').waitFor();
    };
    const asked = async (key: string, name: string): Promise<void> => {
      await settled(page);
      await page.keyboard.press(key);
      await page.waitForFunction(() => document.activeElement instanceof HTMLInputElement);
      await page.keyboard.type(name);
    };
    // The largest family comes first; by name botnet does.
    await page.getByRole('button', { name: 'Family', exact: true }).click();
    await list(page).locator('.virtual-body [role=row]').first().getByText('botnet').waitFor();
    await list(page).focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await page.waitForURL(/chosen=malicious%3Abotnet/);
    await asked('n', 'zbot');
    await page.keyboard.press('Enter');
    await confirm();
    await page.waitForURL(/chosen=malicious%3Azbot/);
    await list(page).getByText('zbot').waitFor();
    expect((await shown(page)).zbot).toBe(before.botnet);

    // By name: office, worm, zbot. Space marks worm too, and both become one.
    await list(page).focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press(' ');
    await page.getByText('2 families chosen').waitFor();
    await asked('n', 'one');
    await page.keyboard.press('Enter');
    await confirm();
    await list(page).getByText('one', { exact: true }).waitFor();
    expect((await shown(page)).one).toBe(before.botnet + before.worm);

    const members = page.locator('[role=grid][aria-label="instances of the family"]');
    await members.focus();
    await page.keyboard.press(' ');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press(' ');
    await asked('x', 'two');
    await page.keyboard.press('Enter');
    await confirm();
    await list(page).getByText('two', { exact: true }).waitFor();
    expect(await shown(page)).toMatchObject({ two: 2, one: before.botnet + before.worm - 2 });

    await list(page).focus();
    await page.keyboard.press('s');
    await confirm();
    await page.locator('.labels-figures', { hasText: /malicious\s*2\s*●/ }).waitFor();

    for (let left = 4; left > 0; left--) {
      await page.keyboard.press('u');
      await confirm();
      await page.waitForFunction(
        (undone) => document.querySelectorAll('.operation-list .undone').length === undone,
        5 - left,
      );
    }
    await list(page).getByText('botnet').waitFor();
    await settled(page);
    expect(await shown(page)).toEqual(before);
    expect(problems).toEqual([]);
    await close();
  });

  it('looks first and changes nothing when given up', async () => {
    const { browser, site } = open();
    const { page, problems, close } = await visit(browser, site, `${families}&chosen=malicious%3Aworm`);
    const before = await shown(page);
    await page.getByRole('button', { name: 'Make it benign' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    expect(await dialog.innerText()).toContain('swap "worm" to benign');
    expect(await dialog.getByRole('button', { name: `Change ${before.worm} labels` }).count()).toBe(1);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await shown(page)).toEqual(before);
    expect(problems).toEqual([]);
    await close();
  });

  it('sees what is answered elsewhere, and refuses what was looked at before', async () => {
    const { browser, site } = open();
    const { page, problems, close } = await visit(browser, site, `${families}&chosen=malicious%3Aworm`);
    const { worm } = await shown(page);
    await page.getByRole('button', { name: 'Make it benign' }).click();
    await page.getByRole('dialog').waitFor();
    const answer = { instanceId: 'x', ident: 'x', label: 'malicious', family: 'worm', author: null, seen: 0 };
    const status = await page.evaluate(
      async (body) =>
        (
          await fetch('/api/labels/Small/classes/edited', {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(body),
          })
        ).status,
      answer,
    );
    expect(status).toBe(200);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: `Change ${worm + 1} labels` }).waitFor();
    expect(await page.getByRole('dialog').innerText()).toContain('meanwhile the labels have changed');
    await page.keyboard.press('Escape');
    await page.waitForFunction(
      (size) =>
        [...document.querySelectorAll('.virtual-body [role=row]')].some((row) =>
          row.textContent?.endsWith(String(size)),
        ),
      worm + 1,
    );
    // The refusal is an answer of the server, which the browser writes down.
    expect(problems.filter((problem) => !problem.includes('409'))).toEqual([]);
    await close();
  });

  for (const theme of ['light', 'dark'] as const) {
    it(`has no serious fault with a dialog open: ${theme}`, async () => {
      const { browser, site } = open();
      const path = '/labels/Small/classes/families?set=main&chosen=malicious%3Aworm';
      const { page, close } = await visit(browser, site, path, { theme, width: 390 });
      await page.getByRole('button', { name: 'Make it benign' }).click();
      await page.getByRole('dialog').waitFor();
      expect(await seriousFindings(page)).toEqual([]);
      await close();
    });
  }
});
