import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { describePages } from './describe-pages.js';
import { settled, visit } from './visit.js';

describePages('an experiment', (open) => {
  it('tells how it was made: settings, seed, command, timings, files', async () => {
    const { browser, site } = open();
    const { page, problems, close } = await visit(browser, site, `/experiments/${site.experiments.bayes}/details`);
    const text = await page.locator('main').innerText();
    expect(text).toContain(
      'secuml classify --project SpamHam --dataset spamassassin --no-tuning --model gaussian-naive-bayes',
    );
    for (const part of ['Settings', 'Hyper-parameters', 'Timings', 'rows.bin', 'train.rocAuc'])
      expect(text).toContain(part);
    const model = page.getByRole('table', { name: 'Settings' }).getByRole('row', { name: /^model/ });
    expect(await model.innerText()).toContain('set');
    const seed = page.getByRole('table', { name: 'Settings' }).getByRole('row', { name: /^seed/ });
    expect(await seed.innerText()).not.toContain('set');
    // Its warnings stand above every view of it.
    expect(await page.locator('.notice.warning').count()).toBe(1);
    expect(problems).toEqual([]);
    await close();
  });

  it('shows the data behind the pages as tables', async () => {
    const { browser, site } = open();
    const { page, close } = await visit(browser, site, `/experiments/${site.experiments.plain}/details`);
    const kinds = page.getByRole('table', { name: 'Data behind the pages' }).getByRole('button');
    for (let at = 0; at < (await kinds.count()); at++) {
      await kinds.nth(at).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('cell').first().waitFor();
      expect(await dialog.getByRole('row').count()).toBeGreaterThan(1);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
    }
    await close();
  });

  it('offers its command, with settings changed, to copy', async () => {
    const { browser, site } = open();
    const { page, context, close } = await visit(browser, site, `/experiments/${site.experiments.plain}/details`);
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const command = page.getByRole('group', { name: 'The command of this experiment' });
    const copied = async (): Promise<string> => {
      await command.getByRole('button', { name: 'Copy' }).click();
      await command.getByText('copied').waitFor();
      return page.evaluate(() => navigator.clipboard.readText());
    };
    const asItWas = await copied();
    expect(asItWas).toMatch(/^secuml classify --project SpamHam/);
    await command.getByRole('button', { name: 'Change' }).click();
    await command.getByRole('textbox').fill(`${asItWas} --seed 7`);
    expect(await copied()).toBe(`${asItWas} --seed 7`);
    await close();
  });

  it('is downloaded as JSON and CSV', async () => {
    const { browser, site } = open();
    const { page, close } = await visit(browser, site, `/experiments/${site.experiments.plain}`);
    for (const [title, start] of [
      ['JSON', '{"schema":"secuml-result"'],
      ['CSV', 'instance_id,ident'],
      ['HTML', '<!doctype html>'],
    ]) {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: title, exact: true }).click(),
      ]);
      expect(
        readFileSync(await download.path(), 'utf8')
          .slice(0, 100)
          .startsWith(start),
        title,
      ).toBe(true);
    }
    await close();
  });

  it('says what became of one that has no result, and what to do', async () => {
    const { browser, site } = open();
    for (const [id, words] of [
      [site.experiments.interrupted, ['Interrupted', 'secuml remove --interrupted']],
      [site.experiments.newer, ['cannot be shown', 'newer secuml']],
      ['20200101-000000-000-none', ['there is no experiment']],
    ] as const) {
      const { page, close } = await visit(browser, site, `/experiments/${id}`);
      const text = await page.locator('main').innerText();
      for (const word of words) expect(text).toContain(word);
      await close();
    }
  });

  it('tells of one that failed, and waits for one that runs', async () => {
    const { browser, site } = open();
    const { page, close } = await visit(browser, site, '/');
    let answers = 0;
    await page.route(`**/api/experiments/${site.experiments.plain}`, async (route) => {
      const whole = (await (await route.fetch()).json()) as { summary: object };
      const state = [{ state: 'failed', error: 'no space left\nfree some' }, { state: 'running' }][answers++];
      await route.fulfill({
        json: state === undefined ? whole : { ...whole, document: null, summary: { ...whole.summary, ...state } },
      });
    });
    await page.goto(`${site.url}/experiments/${site.experiments.plain}`);
    await settled(page);
    const text = await page.locator('main').innerText();
    expect(text).toContain('no space left');
    expect(text).toContain(`secuml remove --experiment ${site.experiments.plain}`);
    await page.reload();
    await page.getByText('Still running').waitFor();
    // It asks again by itself, until there is a result.
    await page.getByRole('tab', { name: 'Results' }).waitFor();
    await close();
  });

  it('says so when the server is gone, and goes on when it is back', async () => {
    const { browser, site } = open();
    const { page, context, close } = await visit(browser, site, '/');
    // The code of other pages is fetched once this one is there.
    await page.waitForFunction(() =>
      performance.getEntriesByType('resource').some(({ name }) => name.includes('/experiment-page-')),
    );
    await page.waitForLoadState('networkidle');
    await context.setOffline(true);
    await page.getByRole('link', { name: 'first look' }).click();
    await page.getByText('is “secuml serve” still running?').waitFor();
    await context.setOffline(false);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { level: 1, name: 'first look' }).waitFor();
    await settled(page);
    await close();
  });

  it('is called by its kind and dataset where it has no name, its id beside it', async () => {
    const { browser, site } = open();
    const { page, problems, close } = await visit(browser, site, `/experiments/${site.experiments.statistics}`);
    await page.getByRole('heading', { level: 1, name: 'Statistics of spamassassin' }).waitFor();
    expect(await page.locator('.experiment-facts').innerText()).toContain(site.experiments.statistics);
    expect(await page.getByText('near 0: the lower, 0.5: it tells nothing alone').count()).toBe(1);
    expect(problems).toEqual([]);
    await close();
  });

  it('keeps the colours that were chosen', async () => {
    const { browser, site } = open();
    const { page, close } = await visit(browser, site, '/', { theme: 'light' });
    const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const light = await ground();
    await page.getByRole('button', { name: 'Dark' }).click();
    const dark = await ground();
    expect(dark).not.toBe(light);
    await page.reload();
    expect(await ground()).toBe(dark);
    await close();
  });
});
