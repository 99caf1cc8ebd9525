import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { describePages } from './describe-pages.js';
import { settled, visit } from './visit.js';

/** Presses Tab until the focused element fits. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
  }
  throw new Error(`80 presses of Tab do not reach ${selector}`);
}

describePages('the keyboard alone', (open) => {
  it('finds, compares and opens experiments', async () => {
    const { browser, site } = open();
    const { page, close } = await visit(browser, site, '/');
    await page.keyboard.press('/');
    await page.keyboard.type('spamassassin');
    await page.waitForFunction(() => document.querySelectorAll('.virtual-body [role=row]').length === 5);
    await tabTo(page, '[role=grid]');
    // The latest is the killed one, which cannot be compared: the next two can.
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press(' ');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press(' ');
    await page.waitForURL(/chosen=.*chosen=/);
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/experiments/${site.experiments.plain}`);
    await close();
  });

  it('moves between the views of an experiment', async () => {
    const { browser, site } = open();
    const { page, close } = await visit(browser, site, `/experiments/${site.experiments.plain}`);
    await tabTo(page, '[role=tab]');
    await page.keyboard.press('ArrowRight');
    await page.waitForURL('**/details');
    await settled(page);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Settings');
    await close();
  });

  it('drags the threshold, and the address follows', async () => {
    const { browser, site } = open();
    const { page, close } = await visit(browser, site, `/experiments/${site.experiments.plain}`);
    await tabTo(page, 'input[type=range]');
    const alerts = () => page.locator('main').innerText();
    const slider = page.locator('input[type=range]');
    const [before, from] = [await alerts(), Number(await slider.inputValue())];
    for (let steps = 0; steps < 4; steps++) await page.keyboard.press('PageUp');
    await page.waitForURL(/threshold=/);
    await settled(page);
    const twentieth = Math.round(Number(await slider.getAttribute('max')) / 20);
    expect(Number(await slider.inputValue())).toBe(from + 4 * twentieth);
    expect(await alerts()).not.toBe(before);
    await close();
  });

  it('opens an instance and comes back to where it was', async () => {
    const { browser, site } = open();
    const { page, close } = await visit(browser, site, `/experiments/${site.experiments.plain}`);
    const grid = '[role=grid][aria-label*=instances], [role=grid][aria-label*=predictions]';
    await tabTo(page, grid);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.locator('aside.drawer').waitFor();
    await page.waitForURL(/instance=/);
    expect(await page.evaluate(() => document.activeElement?.closest('aside.drawer') !== null)).toBe(true);
    await page.keyboard.press('Escape');
    await page.locator('aside.drawer').waitFor({ state: 'detached' });
    expect(await page.evaluate((wanted) => document.activeElement?.matches(wanted), grid)).toBe(true);
    await close();
  });

  it('shows which keys there are', async () => {
    const { browser, site } = open();
    const { page, close } = await visit(browser, site, '/');
    await page.keyboard.press('?');
    expect(await page.getByRole('dialog').innerText()).toContain('this overview');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await close();
  });
});
