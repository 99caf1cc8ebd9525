import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ReportPayload } from '../../src/schema/report-payload.js';
import { scratchFolder, secuml, smallDataset, writeFiles } from './program.js';

const hostile = '</script><img src=x onerror=alert(1)>\u202e';

describe('secuml export', () => {
  let cwd = '';

  beforeAll(() => {
    cwd = scratchFolder();
    const files = smallDataset('P', 'D', 200);
    const idents = 'input_data/P/D/idents.csv';
    files[idents] = files[idents].replace(/^(0,).*$/m, (_, id: string) => `${id}"${hostile}"`);
    writeFiles(cwd, files);
    const run = secuml(['classify', 'P', 'D', '--no-tuning', '--name', 'first'], { cwd });
    expect(run.stderr).not.toContain('error');
    expect(run.status).toBe(0);
  });

  const exported = (...args: string[]): string => {
    const { status, stdout, stderr } = secuml(['export', 'first', '--quiet', ...args], { cwd });
    expect(stderr).toBe('');
    expect(status).toBe(0);
    return stdout;
  };

  it('gives every prediction as CSV, the same as the file of the result', () => {
    const csv = exported('--format', 'csv');
    const id = readdirSync(join(cwd, 'output_data/P/D')).find((name) => !name.startsWith('labels')) ?? '';
    expect(csv).toBe(readFileSync(join(cwd, 'output_data/P/D', id, 'predictions.csv'), 'utf8'));
    expect(csv.trim().split('\n')).toHaveLength(201);
  });

  it('gives the document with all panels and predictions as JSON', () => {
    const { panels, rows, headline } = JSON.parse(exported('--format', 'json')) as {
      panels: { data?: unknown }[];
      rows: { part: string; label: string; rank: number }[];
      headline: Record<string, number>;
    };
    expect(panels.every(({ data }) => data !== undefined)).toBe(true);
    expect(rows).toHaveLength(200);
    expect(rows.filter(({ part }) => part === 'test')).toHaveLength(headline['test.instances']);
  });

  it('gives one page with the result inside and no word of the data outside its payload', () => {
    exported('--output', 'report.html');
    const page = readFileSync(join(cwd, 'report.html'), 'utf8');
    expect(statSync(join(cwd, 'report.html')).size).toBeLessThan(2e6);
    expect(page).not.toContain('onerror=alert');
    const inside = /id="secuml-report">([A-Za-z0-9+/=]+)<\/script>/.exec(page)?.[1] ?? '';
    const payload = JSON.parse(gunzipSync(Buffer.from(inside, 'base64')).toString()) as ReportPayload;
    expect(payload.rows?.ident).toContain(hostile);
    expect(payload.rowsCap).toBeNull();
    expect(payload.page.document?.run.name).toBe('first');
  });

  it('names the page after the result, and says where it is', () => {
    const { status, stderr } = secuml(['export', 'first'], { cwd });
    expect(status).toBe(0);
    expect(stderr).toMatch(/saved: P-D-\S+\.html/);
    expect(readdirSync(cwd).some((name) => /^P-D-.*\.html$/.test(name))).toBe(true);
  });

  it('tells what cannot be done and leaves what was there', () => {
    writeFileSync(join(cwd, 'kept.html'), 'as it was');
    expect(secuml(['export'], { cwd }).status).toBe(2);
    expect(secuml(['export', 'nope'], { cwd }).stderr).toContain('nope');
    const { status, stderr } = secuml(['export', 'first', '--output', 'missing/kept.html'], { cwd });
    expect(status).toBe(2);
    expect(stderr).toContain('missing/kept.html cannot be written');
    expect(readFileSync(join(cwd, 'kept.html'), 'utf8')).toBe('as it was');
    expect(readdirSync(cwd).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});
