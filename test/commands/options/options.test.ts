import { Command, CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import {
  addOptions,
  choice,
  flag,
  list,
  number,
  repeatable,
  size,
  text,
} from '../../../src/commands/options/options.js';

const specs = {
  name: text('--name <text>', ''),
  quiet: flag('--quiet', ''),
  folds: number('--folds <n>', '', { min: 2, max: 9, integer: true }),
  mode: choice('--mode <mode>', ['a', 'b'], ''),
  only: list('--only <names>', ''),
  param: repeatable('--param <k=v>', ''),
  limit: size('--limit <size>', ''),
};

function parse(...argv: string[]): Record<string, unknown> {
  const command = new Command('test').exitOverride().configureOutput({ writeErr: () => {} });
  command.argument('[rest...]');
  addOptions(command, specs);
  command.parse(argv, { from: 'user' });
  return { ...command.opts(), rest: command.args };
}

describe('options', () => {
  it('stay unset unless given, so that the configuration can fill them', () => {
    expect(parse()).toEqual({ rest: [] });
  });

  it('take --flag value and --flag=value', () => {
    expect(parse('--name', 'x', '--folds=3', '--quiet')).toMatchObject({ name: 'x', folds: 3, quiet: true });
  });

  it('list by commas and by repetition, never greedily', () => {
    expect(parse('--only', 'a,b', '--only', 'c', 'd')).toMatchObject({ only: ['a', 'b', 'c'], rest: ['d'] });
    expect(parse('--param', 'C=1,2', '--param', 'x=3')).toMatchObject({ param: ['C=1,2', 'x=3'] });
  });

  it('read sizes', () => {
    expect(parse('--limit', '2G')).toMatchObject({ limit: 2 ** 31 });
    expect(parse('--limit', '1.5kB')).toMatchObject({ limit: 1536 });
  });

  it.each([
    ['--folds', '1'],
    ['--folds', '10'],
    ['--folds', '2.5'],
    ['--folds', ''],
    ['--folds', '1e999'],
    ['--mode', 'c'],
    ['--limit', 'much'],
    ['--unknown', 'x'],
  ])('refuse %s %s', (...argv) => {
    expect(() => parse(...argv)).toThrow(CommanderError);
  });
});
