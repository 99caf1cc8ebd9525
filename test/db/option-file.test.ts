import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readOptionFile } from '../../src/db/option-file.js';

/** A line of a [client] group and what MySQL's own reader makes of it. */
const lines: readonly (readonly [line: string, option: string])[] = [
  ['password=p;ss', '--password=p;ss'],
  ['password=p#ss', '--password=p'],
  ['password="p#s\\"s"', '--password=p#s"s'],
  ["password='a b'", '--password=a b'],
  ['password=a\\sb', '--password=a b'],
  ['password = "a\\\\b"', '--password=a\\b'],
  ['password=a"b#c"d', '--password=a"b#c"d'],
  ["password=it's#x", "--password=it's#x"],
  ['password="unclosed', '--password="unclosed'],
  ['password=', '--password='],
  ['password', '--password'],
  ['skip-ssl', '--skip-ssl'],
  ['password=  x  ', '--password=x'],
  ['password=a\\qb', '--password=a\\qb'],
  ['password="a\\sb"', '--password=a b'],
  ['password=a\\#b', '--password=a\\'],
  ['password=x ; y', '--password=x ; y'],
  ['password="a"b', '--password="a"b'],
  ['password=a\\"b', '--password=a"b'],
  ['password="a"b"', '--password=a"b'],
  ['password="p"#c"', '--password=p'],
  ['password=ü😀', '--password=ü😀'],
  ['password=a=b', '--password=a=b'],
  ['   host=h', '--host=h'],
];

const asArgument = ({ name, value }: { name: string; value: string | undefined }): string =>
  `--${name}${value === undefined ? '' : `=${value}`}`;

describe('option files', () => {
  it.each(lines)('reads %j as MySQL does', (line, option) => {
    expect(readOptionFile(`[client]\n${line}\n`, ['client'], 'f').map(asArgument)).toStrictEqual([option]);
  });

  it('reads groups in the order asked for, so that the later wins', () => {
    const text =
      '\uFEFF# c\r\n; c\r\n[secuml]\r\nuser=s\r\n!includedir /etc\r\n[mysqld]\nuser=no\n[client]\nuser=c\n\n[secuml]\nSSL_CA=/x\n';
    expect(readOptionFile(text, ['client', 'secuml'], 'f')).toStrictEqual([
      { name: 'user', value: 'c' },
      { name: 'user', value: 's' },
      { name: 'ssl-ca', value: '/x' },
    ]);
  });

  const tool = '/usr/bin/my_print_defaults';
  const folder = mkdtempSync(join(tmpdir(), 'secuml-options-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.skipIf(!existsSync(tool))('agrees with my_print_defaults', () => {
    const path = join(folder, 'my.cnf');
    for (const [line, option] of lines) {
      writeFileSync(path, `[client]\n${line}\n`);
      const { stdout } = spawnSync(tool, [`--defaults-file=${path}`, 'client'], { encoding: 'utf8' });
      expect(stdout.trimEnd(), line).toBe(option);
    }
  });
});
