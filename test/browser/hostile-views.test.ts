import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { describePages } from './describe-pages.js';
import { hostileMails } from './hostile-views.js';
import { settled, visit } from './visit.js';

const panel = (page: Page) => page.locator('section.instance-view');

async function openOriginal(page: Page): Promise<void> {
  await page.getByText('The original').click();
  await panel(page).waitFor();
  await settled(page);
}

describePages('views of a project', (open) => {
  it('show a mail as the text that it is', async () => {
    const { browser, site } = open();
    for (const [id, mail] of Object.entries(hostileMails)) {
      const started = Date.now();
      const path = `/experiments/${site.experiments.hostile}?instance=${id}`;
      const { page, problems, close } = await visit(browser, site, path);
      await openOriginal(page);
      const text = panel(page).locator('pre.instance-text');
      // Not toBe: what differs in a million characters would be printed.
      expect((await text.evaluate(({ textContent }) => textContent)) === mail, id).toBe(true);
      expect(await text.evaluate(({ children }) => children.length), id).toBe(0);
      expect(await page.evaluate(() => 'hacked' in window), id).toBe(false);
      expect(await panel(page).locator('b, img, iframe, script').count(), id).toBe(0);
      // What turns the direction of text stays inside.
      expect(await text.evaluate((pre) => getComputedStyle(pre).unicodeBidi), id).toMatch(/isolate|plaintext/);
      expect(problems, id).toEqual([]);
      expect(Date.now() - started, `${id}: ${mail.length} characters`).toBeLessThan(20_000);
      await close();
    }
  });

  it('run no page of a project before somebody has allowed it, and then without any right', async () => {
    const { browser, site } = open();
    const path = `/experiments/${site.experiments.hostile}?instance=0`;
    const { page, context, problems, close } = await visit(browser, site, path);
    const pages: string[] = [];
    const refusals = new Set<string>();
    page.on('requestfailed', (request) => refusals.add(`${request.failure()?.errorText} ${request.url()}`));
    context.on('page', (other) => pages.push(other.url()));
    page.on('download', (download) => pages.push(download.url()));
    await openOriginal(page);
    await panel(page).getByLabel('View').selectOption('page');
    await panel(page).getByRole('button', { name: 'Show the page' }).waitFor();
    expect(await panel(page).locator('iframe').count()).toBe(0);
    expect(await panel(page).locator('pre').textContent()).toBe(hostileMails['0']);

    await panel(page).getByRole('button', { name: 'Show the page' }).click();
    const frame = page.frameLocator('iframe.instance-frame');
    await expect.poll(() => frame.locator('#told').textContent()).toBe(hostileMails['0']);
    const inside = page.frames()[1];
    await expect.poll(() => inside.evaluate(() => 'finished' in (window as never as Inside).results)).toBe(true);
    expect(await inside.evaluate(() => (window as never as Inside).results)).toMatchObject({
      cookie: 'SecurityError',
      storage: 'SecurityError',
      database: expect.stringMatching(/Error/),
      parent: 'SecurityError',
      'parent variable': 'SecurityError',
      top: 'SecurityError',
      opener: 'null',
      dialog: ',false,',
      worker: 'SecurityError',
      fetch: 'TypeError',
      api: 'TypeError',
      import: 'TypeError',
      'service worker': expect.stringMatching(/Error/),
      clipboard: expect.stringMatching(/Error/),
      'full screen': 'TypeError',
    });
    await page.waitForTimeout(300);
    expect(page.url()).toBe(`${site.url}${path}&instance-tab=original`);
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
    expect(pages).toEqual([]);
    // What was tried was refused by the policy before it was sent, and nobody was asked anything.
    const requests = problems.filter((problem) => problem.startsWith('request: '));
    expect(requests.length).toBeGreaterThan(3);
    for (const request of requests) expect(refusals).toContain(request.replace('request:', 'csp'));
    expect(problems.filter((problem) => /^(error|dialog)/.test(problem))).toEqual([]);
    expect(problems.join('\n')).toContain('Content Security Policy');

    await page.reload();
    await settled(page);
    await openOriginal(page);
    await panel(page).getByLabel('View').selectOption('page');
    await page.locator('iframe.instance-frame').waitFor();
    await close();
  });

  it('have no page outside of a frame', async () => {
    const { browser, site } = open();
    const path = `/api/experiments/${site.experiments.hostile}/views/page/page`;
    const { page, context, close } = await visit(browser, site, '/');
    const answer = await context.request.get(`${site.url}${path}`, {
      headers: { cookie: `${site.cookie.name}=${site.cookie.value}` },
    });
    expect(answer.headers()['content-security-policy']).toMatch(/^sandbox allow-scripts; default-src 'none'/);
    await page.goto(`${site.url}${path}`);
    // Opened by itself it has no more rights, and no instance.
    expect(await page.evaluate(() => self.origin)).toBe('null');
    await close();
  });
});

type Inside = { readonly results: Readonly<Record<string, string>> };
