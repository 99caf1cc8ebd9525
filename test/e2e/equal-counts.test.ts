import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JudgedPart } from '../../src/experiments/classify/judged-part.js';
import { labelledPart } from '../../src/experiments/classify/labelled-part.js';
import { thresholdPanels } from '../../src/experiments/classify/threshold-panel.js';
import type { PanelData } from '../../src/schema/panels/registry.js';
import { readResultDocument, type ResultDocument } from '../../src/schema/result-document.js';
import { decisionFigures } from '../../viewer/src/classification/figures/decision-figures.js';
import { familyRows } from '../../viewer/src/classification/figures/family-rates.js';
import { countsAt, type ThresholdTable } from '../../viewer/src/classification/figures/threshold-table.js';
import { everyInstance, filterOf, shownOutcomes } from '../../viewer/src/classification/page-state.js';
import { scratchFolder, secuml, smallDataset, startSecuml, writeFiles } from './program.js';

/** A line of predictions.csv, as a person's script reads it. */
interface Line {
  readonly part: string;
  readonly label: string;
  readonly family: string;
  readonly value: number;
}

interface Result {
  readonly document: ResultDocument;
  readonly lines: readonly Line[];
}

const experiments = {
  'a random split': ['--dataset', 'D', '--no-tuning'],
  // Probabilities of exactly 0 and 1: ties.
  'naive Bayes': ['--dataset', 'D', '--model', 'gaussian-naive-bayes'],
  'families as classes': ['--dataset', 'D', '--no-tuning', '--multiclass'],
  'three folds': ['--dataset', 'D', '--model', 'decision-tree', '--no-tuning', '--validation', 'cv', '--folds', '3'],
  'another dataset': ['--dataset', 'D', '--no-tuning', '--validation-dataset', 'later'],
  'rows without a label': ['--dataset', 'partly', '--no-tuning', '--validation', 'unlabeled'],
};

const results = new Map<string, Result>();
let cwd: string;
let server: ChildProcess;
let get: (path: string) => Promise<unknown>;

beforeAll(async () => {
  cwd = scratchFolder();
  const partly = smallDataset('P', 'partly', 150, 3);
  const labels = 'input_data/P/partly/labels/true_labels.csv';
  partly[labels] = `${partly[labels].split('\n').slice(0, 90).join('\n')}\n`;
  writeFiles(cwd, { ...smallDataset('P', 'D', 300), ...smallDataset('P', 'later', 120, 2), ...partly });
  for (const [name, args] of Object.entries(experiments)) results.set(name, classify(args));
  get = await serve();
});
afterAll(() => {
  server.kill('SIGKILL');
});

function classify(args: readonly string[]): Result {
  const { stdout, stderr } = secuml(['classify', '--project', 'P', ...args, '--json', '--quiet'], { cwd });
  if (stdout === '') throw new Error(stderr);
  const document = readResultDocument(JSON.parse(stdout), 'stdout');
  const file = join(cwd, 'output_data/P', document.dataset.name, document.run.id, 'predictions.csv');
  const [head, ...rows] = readFileSync(file, 'utf8').trimEnd().split('\n');
  const columns = head.split(',');
  const lines = rows.map((row) => {
    const cells = row.split(',');
    const cell = (name: string): string => cells[columns.indexOf(name)];
    return {
      part: cell('part'),
      label: cell('label'),
      family: cell('family'),
      value: Number(cell('probability') === '' ? cell('score') : cell('probability')),
    };
  });
  return { document, lines };
}

async function serve(): Promise<typeof get> {
  server = startSecuml(['serve', '--port', '0', '--quiet'], { cwd });
  const url = await new Promise<string>((found, failed) => {
    if (!server.stdout) throw new Error('no output to read');
    createInterface(server.stdout).once('line', found);
    server.once('close', () => failed(new Error('serve ended')));
  });
  const answer = await fetch(url, { redirect: 'manual' });
  const cookie = answer.headers.getSetCookie()[0].split(';')[0];
  return async (path) => {
    const reply = await fetch(new URL(path, url), { headers: { cookie } });
    expect(reply.status, path).toBe(200);
    return reply.json();
  };
}

async function tablesOf({ document }: Result): Promise<Map<string, ThresholdTable>> {
  const tables = new Map<string, ThresholdTable>();
  for (const { kind, id, part } of document.panels) {
    if (kind !== 'threshold-table' || part === undefined) continue;
    const path = `/api/experiments/${document.run.id}/panels/${encodeURIComponent(id)}`;
    tables.set(part, (await get(path)) as ThresholdTable);
  }
  return tables;
}

/** Malicious iff value > threshold, counted line by line. */
function countLines(lines: readonly Line[], threshold: number) {
  const count = (label: string, called: boolean): number =>
    lines.filter((line) => line.label === label && line.value > threshold === called).length;
  return {
    truePositives: count('malicious', true),
    falsePositives: count('benign', true),
    falseNegatives: count('malicious', false),
    trueNegatives: count('benign', false),
    unlabeledAlerts: count('', true),
  };
}

const inPart = (lines: readonly Line[], part: string): Line[] =>
  lines.filter((line) => (part === 'cv' ? line.part.startsWith('fold.') : line.part === part));

describe.each(Object.keys(experiments))('%s', (name) => {
  const result = (): Result => {
    const found = results.get(name);
    if (!found) throw new Error(`no result of ${name}`);
    return found;
  };

  it('counts the same in the document and in the CSV, at every threshold of the table', async () => {
    const tables = await tablesOf(result());
    expect(tables.size).toBeGreaterThan(1);
    for (const [part, table] of tables) {
      const lines = inPart(result().lines, part);
      expect(lines.length, part).toBeGreaterThan(0);
      table.thresholds.forEach((threshold, position) => {
        expect(countsAt(table, position), `${part} at ${threshold}`).toEqual(countLines(lines, threshold));
      });
    }
  });

  it('counts the same through the API, at every preset and between', async () => {
    const { document, lines } = result();
    for (const [part, table] of await tablesOf(result())) {
      const presets = table.presets.flatMap((preset) => preset.threshold ?? []);
      const sample = table.thresholds.filter((_, position) => position % 251 === 0);
      for (const threshold of [...presets, ...sample]) {
        const counts = countLines(inPart(lines, part), threshold);
        const { truePositives, falsePositives, falseNegatives, trueNegatives, unlabeledAlerts } = counts;
        const expected = {
          all: inPart(lines, part).length,
          alerts: truePositives + falsePositives + unlabeledAlerts,
          errors: falsePositives + falseNegatives,
          'true-positive': truePositives,
          'false-positive': falsePositives,
          'false-negative': falseNegatives,
          'true-negative': trueNegatives,
        };
        for (const show of shownOutcomes) {
          // The very question that the page's list asks.
          const filter = filterOf({ ...everyInstance, show }, part, threshold);
          const query = new URLSearchParams(
            Object.entries(filter).map(([key, value]): [string, string] => [key, String(value)]),
          );
          const counted = await get(`/api/experiments/${document.run.id}/rows/count?${query}`);
          expect(counted, `${part} ${show} at ${threshold}`).toEqual({ count: expected[show] });
        }
      }
    }
  });

  it('shows the figures and families that the CSV has, at every threshold of the table', async () => {
    const { document, lines } = result();
    const tables = await tablesOf(result());
    for (const { kind, id, part = '' } of document.panels) {
      const table = tables.get(part);
      if (kind !== 'family-thresholds' || !table) continue;
      const path = `/api/experiments/${document.run.id}/panels/${encodeURIComponent(id)}`;
      const following = (await get(path)) as PanelData<'family-thresholds'>;
      const own = inPart(lines, part);
      table.thresholds.forEach((threshold, position) => {
        const precision = decisionFigures(countsAt(table, position)).find((figure) => figure.id === 'precision');
        const alerts = own.filter((line) => line.label !== '' && line.value > threshold);
        const right = alerts.filter(({ label }) => label === 'malicious').length;
        expect(precision?.value).toBe(alerts.length === 0 ? null : right / alerts.length);
        for (const row of familyRows(following, null, position)) {
          const members = own.filter(({ family, label }) => family === row.family && label === row.label);
          const called = members.filter(({ value }) => value > threshold).length;
          expect([row.calledMalicious, row.instances]).toEqual([called, members.length]);
        }
      });
    }
  });
});

it('counts random values with ties the same, at every threshold of the table', () => {
  const row = fc.record({
    value: fc.oneof(fc.constantFrom(0, 0.25, 0.5, 0.75, 1), fc.double({ min: 0, max: 1, noNaN: true })),
    label: fc.constantFrom(-1, 0, 1),
  });
  fc.assert(
    fc.property(
      fc.array(row, { minLength: 1, maxLength: 80 }),
      fc.constantFrom('probability', 'score'),
      (rows, scale) => {
        const value = Float64Array.from(rows, (of) => of.value + 0);
        const label = Int8Array.from(rows, (of) => of.label);
        const part: JudgedPart = {
          part: 'test',
          fold: -1,
          ids: rows.map((_, i) => `${i}`),
          idents: rows.map((_, i) => `${i}`),
          truth: { label, family: rows.map((of) => (of.label === -1 ? '' : `f${of.label}`)) },
          trueClass: Int32Array.from(label),
          classes: [],
          predictedClass: new Uint32Array(rows.length),
          value,
          scale,
          probability: value,
          score: value,
        };
        const [panel] = thresholdPanels(labelledPart(part, 0.5));
        const table = JSON.parse(JSON.stringify(panel.data)) as ThresholdTable;
        const lines = rows.map((of) => ({
          part: 'test',
          label: of.label === -1 ? '' : of.label === 1 ? 'malicious' : 'benign',
          family: '',
          value: Number(String(of.value)),
        }));
        table.thresholds.forEach((threshold, position) => {
          expect(countsAt(table, position)).toEqual(countLines(lines, threshold));
        });
      },
    ),
  );
});
