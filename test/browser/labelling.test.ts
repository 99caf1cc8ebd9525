import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { describePages } from './describe-pages.js';
import { visit } from './visit.js';

const question = (page: Page) => page.locator('.labelling-question');
const items = (page: Page) => page.locator('.query-item');
const answered = (page: Page) => page.locator('.query-item.answered');

describePages('labelling in the browser', (open) => {
  it('is done by keys alone, and lives with what is answered elsewhere', async () => {
    const { browser, site } = open();
    const { page, problems, close } = await visit(browser, site, `/loops/${site.experiments.loop}`);
    await items(page).nth(9).waitFor();
    await question(page).getByText('query 1 of 10').waitFor();
    await page.keyboard.press('m');
    await page.getByText('Query 1: malicious, kept.').waitFor();
    await question(page).getByText('query 2 of 10').waitFor();
    // A new family by typing.
    await page.keyboard.press('f');
    await page.keyboard.type('quite new');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.getByText('Query 2: malicious · quite new, kept.').waitFor();
    // From now on it has a number.
    await page.getByText('quite new').first().waitFor();
    await question(page).getByText('query 3 of 10').waitFor();
    await page.keyboard.press('1');
    await page.getByText('Query 3: malicious · quite new, kept.').waitFor();
    await page.keyboard.press('x');
    await page.getByText('Query 4: unsure.').waitFor();
    await page.keyboard.press('u');
    await page.getByText('Taken back: query 4.').waitFor();
    await question(page).getByText('query 4 of 10').waitFor();
    await page.waitForURL(/query=4/);
    await page.keyboard.press('u');
    await page.getByText('Taken back: query 3.').waitFor();
    await page.keyboard.press('n');
    await question(page).getByText('query 4 of 10').waitFor();
    expect(await answered(page).count()).toBe(2);

    // Another page answers: this one shows it.
    const other = await visit(browser, site, `/loops/${site.experiments.loop}?query=9`);
    await question(other.page).getByText('query 9 of 10').waitFor();
    await other.page.keyboard.press('b');
    await items(page).nth(8).getByText('benign').waitFor();
    await other.close();

    // Unanswered queries are named before the iteration is left.
    await page.keyboard.press('Shift+N');
    await page.getByText(/queries are open: 3, 4, 5/).waitFor();
    await page.keyboard.press('Shift+N');
    await page.getByRole('heading', { name: 'Iteration 2' }).waitFor();
    await page.locator('.query-item.open').first().waitFor();
    expect(problems).toEqual([]);
    await close();
  });

  it('shows the instances alike before an answer settles them', async () => {
    const { browser, site } = open();
    const { page, problems, close } = await visit(browser, site, `/loops/${site.experiments.loop}`);
    const alike = ['one', '<b>two</b>'].map((ident, k) => ({ instanceId: `alike ${k}`, ident }));
    // Of the open queries, each has some; what the answer asks for is looked at here.
    await page.route(/\/api\/loops\/[^/]+(\?.*)?$/, async (route) => {
      const response = await route.fetch();
      const state = await response.json();
      for (const query of state.view.queries) query.duplicates = 3;
      await route.fulfill({ response, json: state });
    });
    await page.route(/\/api\/loops\/[^/]+\/queries\/\d+$/, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), duplicates: alike } });
    });
    await page.reload();
    await page.getByText('Settle the 3 with the same features').waitFor();
    expect(await page.getByText('alike 0').count()).toBe(0);
    await page.keyboard.press('d');
    const list = page.getByRole('region', { name: 'Instances that the answer settles, too' });
    await list.locator('li').nth(1).waitFor();
    expect(await list.locator('li').allInnerTexts()).toEqual(['one id alike 0', '<b>two</b> id alike 1']);
    expect(await list.getByText('and 1 more').count()).toBe(1);
    const sent = page.waitForRequest((request) => request.url().endsWith('/answer'));
    await page.keyboard.press('b');
    expect((await sent).postDataJSON()).toMatchObject({ withDuplicates: true, given: { label: 'benign' } });
    await page.getByText(/Query \d+: benign.*kept/).waitFor();
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    expect(problems).toEqual([]);
    await close();
  });

  it('is reached from what the loop came to', async () => {
    const { browser, site } = open();
    const { page, problems, close } = await visit(browser, site, `/experiments/${site.experiments.loop}`);
    await page.getByRole('link', { name: 'Label: go on with this loop' }).click();
    await page.waitForURL(/\/loops\//);
    await items(page).first().waitFor();
    expect(problems).toEqual([]);
    await close();
  });

  it('shows the queries and the model of each iteration, and writes the result where it is wanted', async () => {
    const { browser, site } = open();
    const { page, problems, close } = await visit(browser, site, `/loops/${site.experiments.loop}`);
    await items(page).first().waitFor();
    await page.getByRole('heading', { name: 'Iterations', exact: true }).waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Labels as CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/\.csv$/);
    await page.getByRole('link', { name: '1', exact: true }).click();
    await page.waitForURL(/\/loops\/[^/]+\/iterations\/1$/);
    await page.getByText('10 queries, by what they were asked for').click();
    await page.getByRole('table', { name: 'Queries of this iteration' }).waitFor();
    expect(problems).toEqual([]);
    await close();
  });

  it('draws curves once there are two iterations', async () => {
    const { browser, site } = open();
    const { page, problems, close } = await visit(browser, site, `/loops/${site.experiments.loop}`);
    const time = page.getByRole('heading', { name: 'Time', exact: true });
    const iterations = page.getByRole('table', { name: 'Iterations of the labelling loop' }).locator('tbody tr');
    for (const shown of [1, 2]) {
      await page.route(/\/api\/loops\/[^/]+(\?.*)?$/, async (route) => {
        const response = await route.fetch();
        const state = await response.json();
        const [first] = state.view.history;
        state.view.history = [first, { ...first, iteration: 2, labels: first.labels + 10 }].slice(0, shown);
        await route.fulfill({ response, json: state });
      });
      await page.reload();
      await iterations.nth(shown - 1).waitFor();
      expect(await iterations.count()).toBe(shown);
      expect(await time.count()).toBe(shown - 1);
      await page.unrouteAll({ behavior: 'ignoreErrors' });
    }
    expect(problems).toEqual([]);
    await close();
  });

  it('says so where there is no such loop', async () => {
    const { browser, site } = open();
    const { page, close } = await visit(browser, site, '/loops/nothing');
    await page.getByText('there is no labelling loop').waitFor();
    await close();
  });
});
