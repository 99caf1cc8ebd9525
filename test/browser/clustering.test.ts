import { expect, it } from 'vitest';
import { describePages } from './describe-pages.js';
import { visit } from './visit.js';

describePages('clusters', (open) => {
  it('tell what sets one apart, and who is in it', async () => {
    const { browser, site } = open();
    const { page, problems, close } = await visit(browser, site, `/experiments/${site.experiments.clusters}`);
    await page.getByRole('heading', { name: 'Cluster 1: what sets it apart' }).waitFor();
    const total = (await page.locator('.table-foot', { hasText: 'members' }).innerText()).split(' ')[0];
    const size = await page
      .getByRole('row', { name: /^Cluster 1/ })
      .locator('td')
      .first()
      .innerText();
    expect(total).toBe(size);

    await page.getByRole('button', { name: 'Cluster 2' }).click();
    await page.getByRole('heading', { name: 'Cluster 2: what sets it apart' }).waitFor();
    expect(page.url()).toContain('predicted=2');
    const second = await page
      .getByRole('row', { name: /^Cluster 2/ })
      .locator('td')
      .first()
      .innerText();
    await page.locator('.table-foot', { hasText: `${second} members` }).waitFor();

    await page.getByRole('button', { name: 'Edge' }).click();
    const members = page.getByRole('table', { name: 'Members of the cluster' });
    const name = await members.getByRole('button').first().innerText();
    await members.getByRole('button').first().click();
    await page.locator('aside.drawer').getByRole('heading', { name }).waitFor();
    expect(problems).toEqual([]);
    await close();
  });

  it('lead from a feature that sets one apart to its statistics', async () => {
    const { browser, site } = open();
    const { page, problems, close } = await visit(browser, site, `/experiments/${site.experiments.clusters}`);
    const features = page.getByRole('table', { name: 'Features that set the cluster apart' });
    const name = await features.getByRole('button').first().innerText();
    await features.getByRole('button').first().click();
    const drawer = page.locator('aside.drawer');
    await drawer.getByRole('heading', { name }).waitFor();
    await drawer.getByRole('table', { name: 'Figures of the feature by label' }).waitFor();
    // In the statistics of the dataset, or by the command that makes them.
    await drawer.getByText(/what it is correlated with/).waitFor();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    expect(problems).toEqual([]);
    await close();
  });

  it('are labelled as a whole, as often as asked for', async () => {
    const { browser, site } = open();
    const path = `/experiments/${site.experiments.hostileClusters}?predicted=2`;
    const { page, problems, close } = await visit(browser, site, path);
    await page.evaluate(() => localStorage.setItem('secuml-label-set', 'clustered'));
    await page.reload();
    const size = await page
      .getByRole('row', { name: /^Cluster 2/ })
      .locator('td')
      .first()
      .innerText();
    const form = page.locator('form.label-group');
    await form.getByRole('button', { name: 'Malicious' }).click();
    await form.getByRole('combobox', { name: 'Family' }).fill('<b>worm</b>');
    await page.keyboard.press('Escape');
    await form.getByRole('button', { name: 'Label the cluster …' }).click();
    const dialog = page.getByRole('dialog');
    const asked = await dialog.getByRole('button', { name: /^Change \d+ label/ }).innerText();
    const changes = Number(/\d+/.exec(asked)?.[0]);
    const kept = Number(/(\d+) labels? (?:is|are) kept/.exec(await dialog.innerText())?.[1] ?? 0);
    expect(changes + kept).toBe(Number(size));
    await dialog.getByRole('button', { name: /^Change/ }).click();
    await page.getByText(`(${changes} ${changes === 1 ? 'label' : 'labels'} changed)`).waitFor();
    await page.keyboard.press('Escape');
    await form.getByRole('button', { name: 'Label the cluster …' }).click();
    await dialog.getByText(`${size} labels are there already`).waitFor();
    expect(await page.locator('b').count()).toBe(0);
    expect(problems).toEqual([]);
    await close();
  });
});
