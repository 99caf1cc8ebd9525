import type { Page } from 'playwright-core';

/** What is wider than the window or lies over something else, one line each. */
export function layoutFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = [];
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    if (wide > 0) faults.push(`the page is ${wide} pixels wider than the window`);

    /** The part of an element that its scrolling or clipping surroundings let through. */
    const visibleBox = (element: Element): DOMRect | null => {
      const box = element.getBoundingClientRect();
      let [left, top, right, bottom] = [box.left, box.top, box.right, box.bottom];
      for (let around = element.parentElement; around !== null; around = around.parentElement) {
        if (getComputedStyle(around).overflow === 'visible') continue;
        const frame = around.getBoundingClientRect();
        left = Math.max(left, frame.left);
        top = Math.max(top, frame.top);
        right = Math.min(right, frame.right);
        bottom = Math.min(bottom, frame.bottom);
      }
      return right - left > 2 && bottom - top > 2 ? new DOMRect(left, top, right - left, bottom - top) : null;
    };
    // What is fixed or sticky lies over other things on purpose; visually hidden text is nowhere.
    const floats = (element: Element): boolean => {
      for (let at: Element | null = element; at !== null; at = at.parentElement) {
        const { position } = getComputedStyle(at);
        if (position === 'fixed' || position === 'sticky' || at.matches('.visually-hidden, .skip-link')) return true;
      }
      return false;
    };
    const solid = [...document.querySelectorAll('main :is(button, a, input, select, h1, h2, h3, dt, .badge)')]
      .filter(
        (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !floats(element),
      )
      .flatMap((element) => {
        const box = visibleBox(element);
        return box === null ? [] : [{ element, box }];
      });
    const name = (element: Element): string => `${element.tagName} “${(element.textContent ?? '').slice(0, 40)}”`;
    solid.forEach(({ element, box }, index) => {
      for (const { element: other, box: over } of solid.slice(index + 1)) {
        if (element.contains(other) || other.contains(element)) continue;
        const across = Math.min(box.right, over.right) - Math.max(box.left, over.left);
        const down = Math.min(box.bottom, over.bottom) - Math.max(box.top, over.top);
        if (across > 2 && down > 2) faults.push(`${name(element)} and ${name(other)} overlap`);
      }
    });
    return faults;
  });
}
