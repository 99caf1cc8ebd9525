import { expect, it } from 'vitest';
import { describePages } from './describe-pages.js';
import { settled, visit } from './visit.js';

describePages('the projection page', (open) => {
  it('shows the chosen components, who is in a hexagon, and an instance to label', async () => {
    const { browser, site } = open();
    const { page, problems, close } = await visit(browser, site, `/experiments/${site.experiments.projection}`);
    const chart = page.getByRole('application');
    expect(await chart.getAttribute('aria-label')).toContain('components 1 and 2');
    await page.locator('label', { hasText: 'Upwards' }).locator('select').selectOption('3');
    await page.waitForURL(/x=1&y=3/);
    await expect.poll(() => chart.getAttribute('aria-label')).toContain('components 1 and 3');
    await settled(page);
    await chart.focus();
    await page.keyboard.press('ArrowRight');
    await page.waitForURL(/hexagon=\d+/);
    const first = page.url();
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction((before) => location.href !== before, first);
    const members = page.getByRole('table', { name: 'Instances of the hexagon' });
    await members.getByRole('button').first().click();
    await page.waitForURL(/instance=/);
    await page
      .locator('.drawer')
      .getByRole('button', { name: /malicious/i })
      .first()
      .waitFor();
    expect(problems).toEqual([]);
    await close();
  });

  it('zooms without losing what is chosen', async () => {
    const { browser, site } = open();
    const { page, close } = await visit(browser, site, `/experiments/${site.experiments.projection}?hexagon=2`);
    const chart = page.getByRole('application');
    const whole = await chart.getAttribute('viewBox');
    await page.getByRole('button', { name: 'Closer' }).click();
    await expect.poll(() => chart.getAttribute('viewBox')).not.toBe(whole);
    expect(await page.locator('.hexagon.chosen').count()).toBe(1);
    await page.getByRole('button', { name: 'All' }).click();
    await expect.poll(() => chart.getAttribute('viewBox')).toBe(whole);
    await close();
  });
});
