import { expect, it } from 'vitest';
import { describePages, everyPage } from './describe-pages.js';
import { layoutFaults } from './layout-faults.js';
import { seriousFindings, settled, visit } from './visit.js';

const widths = [360, 390, 1024, 1440, 2560];

describePages('every page', (open) => {
  it.each(everyPage)('%s: nothing serious to axe, in either theme', async (_title, path) => {
    const { browser, site } = open();
    for (const theme of ['light', 'dark'] as const) {
      const { page, problems, close } = await visit(browser, site, path(site), { theme });
      expect(await seriousFindings(page), theme).toEqual([]);
      expect(problems, theme).toEqual([]);
      await close();
    }
  });

  it.each(everyPage)(
    '%s: nothing too wide and nothing over another, from 360 pixels to a wall',
    async (_title, path) => {
      const { browser, site } = open();
      const { page, close } = await visit(browser, site, path(site));
      for (const width of widths) {
        await page.setViewportSize({ width, height: 900 });
        await settled(page);
        expect(await layoutFaults(page), `${width} pixels`).toEqual([]);
      }
      await close();
    },
  );
});
