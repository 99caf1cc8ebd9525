import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { describePages } from './describe-pages.js';
import { settled, visit, visitFile } from './visit.js';

/** How many instances the list under the picture has. */
async function listed(page: Page): Promise<number> {
  await settled(page);
  const foot = await page.locator('.table-foot', { hasText: 'instances' }).innerText();
  return Number((/^([\d,]+) instances/.exec(foot)?.[1] ?? 'none').replaceAll(',', ''));
}

/** How many the panel says are chosen. */
async function chosen(page: Page): Promise<number> {
  await settled(page);
  const panel = page.getByRole('region', { name: 'What is chosen' });
  const note = await panel.locator('.panel-note').innerText();
  return Number((/^([\d,]+) instances?/.exec(note)?.[1] ?? 'none').replaceAll(',', ''));
}

/** Drags over a share of the picture. */
async function drag(page: Page, places: readonly (readonly [number, number])[]): Promise<void> {
  const box = await page.getByRole('application').boundingBox();
  if (box === null) throw new Error('there is no picture');
  const [[x, y], ...others] = places.map(([right, down]) => [box.x + right * box.width, box.y + down * box.height]);
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (const [toX, toY] of others) await page.mouse.move(toX, toY, { steps: 5 });
  await page.mouse.up();
  await settled(page);
}

describePages('the projection page', (open) => {
  it('shows the chosen components, all who are in a hexagon, and an instance to label', async () => {
    const { browser, site } = open();
    const { page, problems, close } = await visit(browser, site, `/experiments/${site.experiments.projection}`);
    const chart = page.getByRole('application');
    expect(await chart.getAttribute('aria-label')).toContain('components 1 and 2');
    await page.locator('label', { hasText: 'Upwards' }).locator('select').selectOption('3');
    await page.waitForURL(/x=1&y=3/);
    await expect.poll(() => chart.getAttribute('aria-label')).toContain('components 1 and 3');
    const all = await listed(page);
    await chart.focus();
    await page.keyboard.press('ArrowRight');
    await page.waitForURL(/area=1-3%3Ahexagon/);
    const [first, count] = [page.url(), await chosen(page)];
    expect(count).toBe(await listed(page));
    expect(count).toBeGreaterThan(1);
    expect(count).toBeLessThan(all);
    // A rectangle holds at least what is in the middle of it.
    for (const key of ['ArrowRight', 'ArrowUp', 'ArrowUp']) await page.keyboard.press(`Shift+${key}`);
    await page.waitForURL(/area=1-3%3Apolygon/);
    expect(await chosen(page)).toBe(await listed(page));
    await page.goto(first);
    expect(await chosen(page)).toBe(count);
    const sample = page.getByRole('region', { name: 'What is chosen' }).getByRole('table');
    await sample.getByRole('button').first().click();
    await page.waitForURL(/instance=/);
    const drawer = page.locator('.drawer');
    await drawer
      .getByRole('button', { name: /malicious/i })
      .first()
      .waitFor();
    await drawer.getByRole('button', { name: /next/i }).click();
    await settled(page);
    expect(problems).toEqual([]);
    await close();
  });

  it('zooms by keys, buttons and the wheel into finer hexagons, and back', async () => {
    const { browser, site } = open();
    const { page, problems, close } = await visit(browser, site, `/experiments/${site.experiments.projection}`);
    const chart = page.getByRole('application');
    const box = () => chart.getAttribute('viewBox');
    const whole = await box();
    await chart.focus();
    await page.keyboard.press('ArrowRight');
    const count = await chosen(page);
    const answer = page.waitForResponse(/\/hexagons\?x=1&y=2&frame=all&level=1/);
    await page.keyboard.press('+');
    expect((await answer).status()).toBe(200);
    await settled(page);
    const closer = await box();
    expect(closer).not.toBe(whole);
    // What was chosen stays, as large as it was.
    expect(await chosen(page)).toBe(count);
    expect(await page.locator('.outline.hexagon').count()).toBe(1);
    await page.waitForTimeout(700);
    await page.getByRole('button', { name: 'Look closer' }).click();
    await expect.poll(box).not.toBe(closer);
    await page.getByRole('button', { name: 'Back' }).click();
    await expect.poll(box).toBe(closer);
    await chart.hover();
    await page.mouse.wheel(0, -300);
    await expect.poll(box).not.toBe(closer);
    await chart.focus();
    await page.keyboard.press('0');
    await expect.poll(box).toBe(whole);
    await expect.poll(() => page.url()).not.toContain('view=');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.url()).not.toContain('area=');
    expect(problems).toEqual([]);
    await close();
  });

  it('lists what a rectangle and a lasso hold, and labels all of it', async () => {
    const { browser, site } = open();
    const { page, problems, close } = await visit(browser, site, `/experiments/${site.experiments.projection}`);
    await page.evaluate(() => localStorage.setItem('secuml-label-set', 'drawn'));
    await page.reload();
    const all = await listed(page);
    await page.getByRole('button', { name: 'Rectangle' }).click();
    await drag(page, [
      [0.005, 0.005],
      [0.995, 0.995],
    ]);
    expect(await chosen(page)).toBe(all);
    await page.getByRole('button', { name: 'Lasso' }).click();
    await drag(page, [
      [0.005, 0.005],
      [0.5, 0.01],
      [0.5, 0.99],
      [0.01, 0.99],
    ]);
    const some = await chosen(page);
    expect(some).toBe(await listed(page));
    expect(some).toBeGreaterThan(0);
    expect(some).toBeLessThan(all);
    const form = page.locator('form.label-group');
    await form.getByRole('button', { name: 'Benign' }).click();
    await form.getByRole('combobox', { name: 'Family' }).fill('left <i>side</i>');
    await page.keyboard.press('Escape');
    await form.getByRole('button', { name: 'Label the selection …' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: `Change ${some} labels` }).click();
    await page.getByText(`(${some} labels changed)`).waitFor();
    expect(await page.locator('i').count()).toBe(0);
    await page.getByRole('button', { name: 'Drop' }).click();
    expect(await listed(page)).toBe(all);
    expect(problems).toEqual([]);
    await close();
  });

  it('colours by labels, families and density', async () => {
    const { browser, site } = open();
    const { page, problems, close } = await visit(browser, site, `/experiments/${site.experiments.projection}`);
    const cells = await page.locator('.hexagons polygon').count();
    expect(cells).toBeGreaterThan(10);
    await page.getByRole('button', { name: 'Families' }).click();
    await page.waitForURL(/colour=family/);
    const named = await page.locator('.legend-family').first().innerText();
    expect(named).toMatch(/^A/);
    expect(await page.locator('.hexagons .family-1').count()).toBeGreaterThan(0);
    expect(await page.locator('.hexagons text').first().textContent()).toMatch(/^[A-H]$/);
    await page.getByRole('button', { name: 'Density' }).click();
    await expect.poll(() => page.locator('.hexagons .dense').count()).toBe(cells);
    expect(problems).toEqual([]);
    await close();
  });

  it('is laid around the middle on demand', async () => {
    const { browser, site } = open();
    const path = `/experiments/${site.experiments.projection}?colour=density`;
    const { page, problems, close } = await visit(browser, site, path);
    const all = await listed(page);
    const answer = page.waitForResponse(/\/hexagons\?x=1&y=2&frame=middle/);
    await page.locator('label', { hasText: 'Around' }).locator('select').selectOption('middle');
    expect((await answer).status()).toBe(200);
    const told = await page.getByText(/instances? lies? outside/).innerText();
    const outside = Number(/^\d+/.exec(told)?.[0]);
    await page.getByRole('button', { name: 'Rectangle' }).click();
    await drag(page, [
      [0.005, 0.005],
      [0.995, 0.995],
    ]);
    await page.waitForURL(/frame=middle.*area=1-2%3Amiddle%3Apolygon/);
    const inside = await chosen(page);
    expect(inside).toBe(await listed(page));
    // Hexagons at the rim are told by their centres, instances by where they are.
    expect(Math.abs(inside + outside - all)).toBeLessThan(0.02 * all);
    expect(inside).toBeGreaterThan(0.9 * all);
    expect(problems).toEqual([]);
    await close();
  });

  it('works in a single file, without a server', async () => {
    const { browser, site } = open();
    const { page, problems, close } = await visitFile(browser, site.projectionReport);
    const all = await listed(page);
    await page.getByRole('application').focus();
    await page.keyboard.press('ArrowRight');
    const count = await chosen(page);
    expect(count).toBe(await listed(page));
    expect(count).toBeLessThan(all);
    await page.keyboard.press('+');
    await page.keyboard.press('+');
    await settled(page);
    expect(await page.locator('.hexagons polygon').count()).toBeGreaterThan(0);
    expect(await page.locator('form.label-group').count()).toBe(0);
    expect(problems).toEqual([]);
    await close();
  });
});
