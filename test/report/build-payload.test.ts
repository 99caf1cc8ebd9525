import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.js';
import { buildPayload, type ReportContent } from '../../src/report/build-payload.js';
import type { PayloadRows, ReportPayload } from '../../src/schema/report-payload.js';
import type { AnyPanel, ResultDocument } from '../../src/schema/result-document.js';
import { randomStream } from '../../src/ml/random/stream.js';

const summary = {
  id: 'e1',
  kind: 'classify',
  project: 'p',
  dataset: 'd',
  name: null,
  state: 'done' as const,
  started: '2026-01-01T00:00:00.000Z',
  finished: null,
  seconds: 1,
  warnings: 0,
  error: null,
  figures: [],
};

function rowsOf(total: number, ident: (row: number) => string): ReportContent['rows'] {
  return (limit) => {
    const n = Math.min(limit, total);
    const column = <T>(value: (row: number) => T): T[] => Array.from({ length: n }, (_, row) => value(row));
    const coded = { names: ['x'], codes: column(() => 0) };
    const rows: PayloadRows = {
      instanceId: column(String),
      ident: column(ident),
      part: coded,
      fold: column(() => -1),
      label: coded,
      family: coded,
      probability: column((row) => row / total),
      score: column(() => null),
      predicted: coded,
      rank: column((row) => row + 1),
    };
    return { rows, cap: n < total ? { kept: n, of: total, why: 'the file stays small' } : null };
  };
}

function importance(features: number, name: (feature: number) => string): AnyPanel {
  const draws = randomStream(0, 'report test');
  return {
    kind: 'importance',
    id: 'importance',
    title: 'Coefficients',
    data: {
      kind: 'coefficient',
      features: Array.from({ length: features }, (_, feature) => name(feature)),
      series: [{ name: 'malicious', values: Array.from({ length: features }, () => draws.float() - 0.5) }],
    },
  };
}

const document: ResultDocument = {
  schema: 'secuml-result',
  version: 1,
  kind: 'classify',
  project: 'p',
  dataset: { name: 'd', hash: '0', rows: 100, columns: 0 },
  settings: {},
  warnings: [],
  headline: {},
  panels: [],
  artifacts: [],
  run: {
    id: 'e1',
    name: null,
    program: 'secuml 0',
    command: 'secuml classify',
    started: summary.started,
    finished: summary.started,
    durations: [],
    jobs: 1,
    database: 'SQLite',
    input: 'input_data',
    environment: { node: '20', platform: 'linux', cores: 1 },
    warnings: [],
    cacheHit: false,
    peakMemoryBytes: 0,
  },
};

function content(parts: Partial<ReportContent>): ReportContent {
  const page = { summary, document, problem: null, directory: 'output_data/p/d/e1' };
  return { page, panels: [], rows: () => null, features: [], instances: [], notes: [], ...parts };
}

const open = (payload: Uint8Array): ReportPayload => JSON.parse(gunzipSync(payload).toString()) as ReportPayload;

describe('the payload of a report', () => {
  it('keeps a small result whole, and says nothing of caps', () => {
    const payload = open(buildPayload(content({ rows: rowsOf(100, (row) => `mail ${row}`) }), 1e6));
    expect(payload.rows?.ident[99]).toBe('mail 99');
    expect(payload.rowsCap).toBeNull();
    expect(payload.caps).toEqual([]);
  });

  it('fits whatever the number of rows, the length of idents and of names, and says what it left out', () => {
    const hostile = (k: number): string => `${k}<script>${'\u{1F47E}'.repeat(5000)}${k}`;
    const payload = buildPayload(
      content({ rows: rowsOf(1_000_000, hostile), panels: [importance(10_000, hostile)], notes: ['a note'] }),
      3e5,
    );
    expect(payload.length).toBeLessThanOrEqual(3e5);
    const { rows, rowsCap, caps } = open(payload);
    expect(rowsCap?.of).toBe(1_000_000);
    expect(rows?.ident).toHaveLength(rowsCap?.kept ?? 0);
    expect(caps).toContain('a note');
    expect(caps[0]).toBe(`${rowsCap?.kept.toLocaleString('en-US')} predictions of 1,000,000`);
    for (const ident of rows?.ident.slice(0, 50) ?? []) {
      expect(ident).not.toMatch(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/);
      expect(ident.length).toBeLessThanOrEqual(400);
    }
  });

  it('keeps the features that weigh most', () => {
    const panel = importance(40_000, (feature) => `f${feature}`);
    const payload = open(buildPayload(content({ panels: [panel] }), 1e6));
    expect(payload.caps.some((cap) => cap.endsWith('features with the largest weight of 40,000'))).toBe(true);
    const source = panel.kind === 'importance' ? panel.data.series[0].values : [];
    const heaviest = source.indexOf(Math.max(...source));
    expect(JSON.stringify(payload)).toContain(`"f${heaviest}"`);
  });

  it('gives up in plain words', () => {
    expect(() => buildPayload(content({ rows: rowsOf(1000, String) }), 100)).toThrow(UserError);
  });
});
