import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const check = join(root, 'scripts/check-layers.mjs');

describe('the layer check', () => {
  let planted: string;

  beforeAll(() => {
    planted = mkdtempSync(join(tmpdir(), 'secuml-layers-'));
    cpSync(join(root, 'src'), join(planted, 'src'), { recursive: true });
    cpSync(join(root, 'viewer/src'), join(planted, 'viewer/src'), { recursive: true });
    cpSync(join(root, 'tsconfig.json'), join(planted, 'tsconfig.json'));
    cpSync(join(root, 'package.json'), join(planted, 'package.json'));
    symlinkSync(join(root, 'node_modules'), join(planted, 'node_modules'));
  });

  afterAll(() => rmSync(planted, { recursive: true, force: true }));

  it('passes the tree as it is, having read modules', () => {
    const output = execFileSync(process.execPath, [check], { encoding: 'utf8' });
    expect(Number(/^(\d+) modules, 0 violations/m.exec(output)?.[1])).toBeGreaterThan(40);
  });

  it.each([
    [
      'ml may not read files',
      'src/ml/planted.ts',
      "import { readFileSync } from 'node:fs';\nexport const planted = readFileSync;\n",
      'ml-no-node-core',
    ],
    [
      'ml may not know the database',
      'src/ml/planted.ts',
      "import { inlineExecutor } from '../parallel/inline-executor.js';\nexport const planted = inlineExecutor;\n",
      'ml-rooms',
    ],
    [
      'experiments may not print',
      'src/experiments/planted.ts',
      "import chalk from 'chalk';\nexport const planted = chalk;\n",
      'experiments-packages',
    ],
    ['a new room must be in the table', 'src/planted/planted.ts', 'export const planted = 1;\n', 'unknown-room'],
  ])('%s', (_title, file, source, rule) => {
    const path = join(planted, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, source);
    const result = spawnSync(process.execPath, [check, planted], { encoding: 'utf8' });
    rmSync(file.startsWith('src/planted') ? dirname(path) : path, { recursive: true });
    expect(result.stderr).toContain(rule);
    expect(result.status).toBe(1);
  });

  it('keeps files, computing rooms and schemas out of the viewer', () => {
    const path = join(planted, 'viewer/src/planted.ts');
    writeFileSync(
      path,
      [
        "import { readFileSync } from 'node:fs';",
        "import { randomStream } from '../../src/ml/random/stream.js';",
        "import { panelSchemas } from '../../src/schema/panels/registry.js';",
        'export const planted = [readFileSync, randomStream, panelSchemas];',
        '',
      ].join('\n'),
    );
    const result = spawnSync(process.execPath, [check, planted], { encoding: 'utf8' });
    rmSync(path);
    for (const rule of ['viewer-no-node-core', 'viewer-rooms', 'types-only']) expect(result.stderr).toContain(rule);
    expect(result.status).toBe(1);
  });

  it('finds a cycle', () => {
    writeFileSync(
      join(planted, 'src/ml/planted-a.ts'),
      "import { b } from './planted-b.js';\nexport const a = (): number => b();\n",
    );
    writeFileSync(
      join(planted, 'src/ml/planted-b.ts'),
      "import { a } from './planted-a.js';\nexport const b = (): number => a();\n",
    );
    const result = spawnSync(process.execPath, [check, planted], { encoding: 'utf8' });
    rmSync(join(planted, 'src/ml/planted-a.ts'));
    rmSync(join(planted, 'src/ml/planted-b.ts'));
    expect(result.stderr).toContain('no-cycle');
  });
});
