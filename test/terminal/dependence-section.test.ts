import { describe, expect, it } from 'vitest';
import { dependenceSection } from '../../src/terminal/dependence-section.js';
import { styleFor } from '../../src/terminal/style.js';

const style = styleFor({ isTTY: false } as NodeJS.WriteStream, {});

describe('partial dependence in a terminal', () => {
  it('draws each mean on one scale, with where it is lowest and highest', () => {
    const feature = { column: 0, individual: [], groups: [] };
    const text = dependenceSection(
      {
        scale: 'probability',
        chosenBy: 'importance',
        rows: 1000,
        rowsInAll: 22_673,
        features: [
          { ...feature, name: 'bytes\u001b[31m', grid: [0, 5, 10], average: [0, 0.5, 1] },
          { ...feature, name: 'flag', grid: [0, 1], average: [0.25, 0.2] },
        ],
      },
      style,
    );
    expect(text).toContain('▁▅█');
    expect(text).toContain('▃▂');
    expect(text).toMatch(/0 at 0\s+1 at 10/);
    expect(text).toMatch(/0.2 at 1\s+0.25 at 0/);
    expect(text).toContain('mean probability over 1,000 of 22,673 training rows');
    expect(text).not.toContain('\u001b');
  });

  it('is flat where nothing moves', () => {
    const features = [{ name: 'a', column: 0, grid: [0, 1], average: [0.3, 0.3], individual: [], groups: [] }];
    const text = dependenceSection({ scale: 'score', chosenBy: 'name', rows: 2, rowsInAll: 2, features }, style);
    expect(text).toContain('▅▅');
  });
});
