import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root, scratchFolder, secuml } from './program.js';

/** Every `secuml …` line of a guide's shell blocks, split as a shell does it. */
function commandsOf(guide: string): string[][] {
  const text = readFileSync(join(root, 'docs', guide), 'utf8');
  const blocks = [...text.matchAll(/```sh\n([\s\S]*?)```/g)].map((match) => match[1]);
  const lines = blocks.flatMap((block) => block.split('\n')).filter((line) => line.startsWith('secuml '));
  return lines.map((line) =>
    [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain).slice(1),
  );
}

describe.each([
  ['classification.md', 8],
  ['data-format.md', 2],
  ['labelling.md', 5],
  ['labels.md', 8],
  ['validation.md', 6],
  ['predict.md', 5],
  ['statistics.md', 3],
  ['clustering.md', 5],
  ['projection.md', 4],
] as const)('the commands of docs/%s', (guide, fewest) => {
  const commands = commandsOf(guide);
  const output = scratchFolder();

  it('are there', () => expect(commands.length).toBeGreaterThanOrEqual(fewest));

  it.each(commands.map((command) => [command.join(' '), command] as const))('secuml %s', (_line, command) => {
    const { status, stderr } = secuml([...command, '--output-dir', output]);
    expect(stderr).not.toContain('error:');
    expect(status).toBe(0);
  });
});
