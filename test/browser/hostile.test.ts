import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { describePages } from './describe-pages.js';
import { settled, visit, visitFile } from './visit.js';

const hacked = (page: Page): Promise<boolean> => page.evaluate(() => 'hacked' in window);

/** Elements that text of the data would have made, had it been taken for markup. */
const foreign = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [
      ...document.body.querySelectorAll(
        'script:not([type="module"], [type="application/gzip+base64"]), img, iframe, object, embed, u, i, b',
      ),
    ].map(({ outerHTML }) => outerHTML.slice(0, 100)),
  );

describePages('hostile text', (open) => {
  it('has no effect on any page that shows it', async () => {
    const { browser, site } = open();
    const { experiments } = site;
    for (const path of [
      '/',
      '/?project=Hostile',
      `/experiments/${experiments.hostile}`,
      `/experiments/${experiments.hostile}/details`,
      `/experiments/${experiments.hostile}?part=train&instance=2`,
      `/experiments/${experiments.hostile}?feature=3`,
      `/experiments/${experiments.hostileStatistics}?feature=1`,
      `/experiments/${experiments.hostileProjection}?colour=family&area=1-2:polygon:-1,-1,31,-1,31,24,-1,24&instance=2`,
      `/experiments/${experiments.hostileClusters}`,
      `/experiments/${experiments.hostileClusters}?instance=2`,
      '/labels/Hostile/corpus?instance=2',
      '/labels/Hostile/corpus/families?chosen=malicious%3A%3Cscript%3Ewindow.hacked%3D1%3C%2Fscript%3E',
      `/compare?id=${experiments.hostile}&id=${experiments.plain}`,
    ]) {
      const { page, problems, close } = await visit(browser, site, path);
      expect(await hacked(page), path).toBe(false);
      expect(await foreign(page), path).toEqual([]);
      // Two experiments of different data are refused by the server: that is no fault of the page.
      expect(
        problems.filter((problem) => !problem.includes('400 (Bad Request)')),
        path,
      ).toEqual([]);
      await close();
    }
  });

  it('is shown as the text that it is, with what hides made visible', async () => {
    const { browser, site } = open();
    const { page, close } = await visit(browser, site, '/?project=Hostile');
    const name = await page.locator('.virtual-body [role=row]', { hasText: 'classification' }).innerText();
    expect(name).toContain('<img src=x onerror=window.hacked=1> ‹U+202E›reversed');
    await close();
  });

  it('has no effect in the address', async () => {
    const { browser, site } = open();
    const script = encodeURIComponent('<script>window.hacked=1</script>"><img src=x onerror=window.hacked=1>');
    for (const path of [
      `/?text=${script}&project=${script}&sort=${script}&chosen=${script}&state=__proto__`,
      `/experiments/${script}`,
      `/experiments/${site.experiments.plain}?part=${script}&threshold=${script}&instance=${script}&feature=-1&sort=__proto__`,
      `/compare?id=${script}&id=constructor&part=${script}`,
    ]) {
      const { page, close } = await visit(browser, site, path);
      expect(await hacked(page), path).toBe(false);
      expect(await foreign(page), path).toEqual([]);
      await close();
    }
  });

  it('has no effect in a report opened from disk, which asks for nothing', async () => {
    const { browser, site } = open();
    const { page, problems, close } = await visitFile(browser, site.report);
    await page.getByRole('tab', { name: 'Results' }).waitFor();
    expect(await hacked(page)).toBe(false);
    expect(await foreign(page)).toEqual([]);
    await page.getByRole('tab', { name: /Settings/ }).click();
    await settled(page);
    expect(await hacked(page)).toBe(false);
    expect(await foreign(page)).toEqual([]);
    expect(problems).toEqual([]);
    await close();
  });
});
