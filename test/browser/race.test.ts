import { expect, it } from 'vitest';
import { describePages } from './describe-pages.js';
import { visit } from './visit.js';

describePages('a race of models', (open) => {
  it('lists the models, the winner first', async () => {
    const { browser, site } = open();
    const { page, problems, close } = await visit(browser, site, `/experiments/${site.experiments.race}`);
    const panel = page.locator('section', { has: page.getByRole('heading', { name: 'Race of the models' }) });
    const rows = panel.locator('tbody tr');
    await expect.poll(() => rows.count()).toBe(7);
    expect(await rows.first().innerText()).toContain('✓ won');
    expect(await panel.getByText('✓ won').count()).toBe(1);
    expect(await rows.first().innerText()).toMatch(/\d m?s\b/);
    expect(problems).toEqual([]);
    await close();
  });
});
