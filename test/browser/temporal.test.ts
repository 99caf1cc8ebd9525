import { expect, it } from 'vitest';
import { describePages } from './describe-pages.js';
import { settled, visit } from './visit.js';

describePages('a validation in the order of time', (open) => {
  it('shows how figures change, round by round, and leads to a fold', async () => {
    const { browser, site } = open();
    const { page, problems, close } = await visit(browser, site, `/experiments/${site.experiments.temporal}`);
    const decay = page.locator('section', { has: page.getByRole('heading', { name: 'Over time' }) });
    await decay.getByText(/area under .* \(AUT\)/).waitFor();
    const note = await decay.innerText();
    await decay.locator('select').selectOption({ index: 1 });
    await expect.poll(() => decay.innerText()).not.toBe(note);
    await decay.getByRole('button', { name: 'Fold 1' }).click();
    await page.waitForURL(/part=fold\.1/);
    await settled(page);
    expect(await decay.count()).toBe(0);
    expect(problems).toEqual([]);
    await close();
  });

  it('lists the families left out in the order asked for', async () => {
    const { browser, site } = open();
    const { page, close } = await visit(browser, site, `/experiments/${site.experiments.leftOut}`);
    const panel = page.locator('section', {
      has: page.getByRole('heading', { name: 'Families left out of the training' }),
    });
    const families = async () =>
      (await panel.locator('tbody tr th').allInnerTexts()).map((name) => name.split(/\s+/).at(-1));
    expect((await families()).toSorted()).toEqual(['botnet', 'worm']);
    await panel.locator('select').selectOption('family');
    await expect.poll(families).toEqual(['botnet', 'worm']);
    await close();
  });
});
