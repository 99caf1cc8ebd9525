import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { describeWorkspace } from './workspace-suite.js';

const folder = mkdtempSync(join(tmpdir(), 'secuml-sqlite-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeWorkspace('SQLite', () => ({ kind: 'sqlite', file: join(folder, 'suite.db') }));
