import { printable } from '../errors.js';
import type { ResultDocument } from '../schema/result-document.js';
import { formatBytes, formatSeconds } from '../terminal/number-format.js';
import type { Style } from '../terminal/style.js';

/** What is said on stderr once a result is saved: notes on the run, where it is, how long it took. */
export function closingLines(document: ResultDocument, directory: string, style: Style): string {
  const { run } = document;
  const seconds = run.durations.reduce((sum, stage) => sum + stage.seconds, 0);
  const warnings = run.warnings.map((warning) => `${style.uncertain('note:')} ${printable(warning, 1000)}\n`);
  const took = `${formatSeconds(seconds)}, ${formatBytes(run.peakMemoryBytes)} of memory`;
  return `${warnings.join('')}saved: ${directory} ${style.quiet(`(${took})`)}\n${style.quiet(`see it again: secuml show ${run.id}, or in the browser: secuml serve --open`)}\n`;
}
