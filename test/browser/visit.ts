import AxeSource from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Site } from './site.js';

export interface Look {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: 'light' | 'dark';
}

/** A page as a signed-in person has it, and everything that went wrong on it. */
export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors of scripts, refusals of the content security policy, requests to elsewhere, dialogs. */
  readonly problems: string[];
  close(): Promise<void>;
}

/** Opens a path of the site and waits until nothing is on its way any more. */
export async function visit(browser: Browser, site: Site, path: string, look: Look = {}): Promise<Visit> {
  const context = await newContext(browser, look);
  await context.addCookies([{ ...site.cookie, url: site.url }]);
  return open(context, `${site.url}${path}`, site.url);
}

/** Opens a file from disk: nothing at all may be asked for. */
export async function visitFile(browser: Browser, file: string, look: Look = {}): Promise<Visit> {
  return open(await newContext(browser, look), `file://${file}`, 'file://');
}

async function newContext(browser: Browser, { width = 1440, height = 900, theme = 'light' }: Look) {
  return browser.newContext({ viewport: { width, height }, colorScheme: theme, reducedMotion: 'reduce' });
}

async function open(context: BrowserContext, url: string, own: string): Promise<Visit> {
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`);
  });
  page.on('dialog', (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(own) && !request.url().startsWith('data:'))
      problems.push(`request: ${request.url()}`);
  });
  await page.goto(url);
  if ((await page.locator('#app').count()) === 0)
    throw new Error(`no page at ${url}: is the viewer built? npm run build`);
  await settled(page);
  return { page, context, problems, close: () => context.close() };
}

/** Waits until the page is drawn, nothing on it says that it is loading, and two frames have passed. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      document.querySelector('main') !== null &&
      document.querySelector('.loading, [data-stale], [aria-busy="true"]') === null,
  );
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(undefined)))),
  );
}

/** Serious and critical findings of axe, one line each. */
export async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(AxeSource.source);
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof AxeSource };
    const { violations } = await axe.run(document);
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
      );
  });
}
