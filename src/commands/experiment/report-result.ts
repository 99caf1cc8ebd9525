import type { ResultDocument } from '../../schema/result-document.js';
import { type Style, styleFor } from '../../terminal/style.js';
import { type Assertion, checkAssertions, describeAssertions } from '../options/assertions.js';
import { closingLines } from '../closing-lines.js';
import type { ExitCode, Invocation } from '../command.js';

/** A result that is saved. */
interface Reported {
  readonly document: ResultDocument;
  readonly directory: string;
  /** What --assert may ask for. */
  readonly figures: Readonly<Record<string, number | null>>;
}

interface Wanted {
  readonly assertions: readonly Assertion[];
  /** The result for people. */
  readonly report: (style: Style) => string;
}

interface Told extends Pick<Invocation<never>, 'streams' | 'environment'> {
  /** The document instead of the report. */
  readonly json?: boolean;
  /** No word of where it was saved. */
  readonly quiet?: boolean;
}

/** Prints a result and where it was saved, checks what it was asserted to be, and returns the exit code. */
export function reportResult(
  { document, directory, figures }: Reported,
  { assertions, report }: Wanted,
  { streams, environment, json = false, quiet = false }: Told,
): ExitCode {
  streams.stdout.write(json ? `${JSON.stringify(document)}\n` : report(styleFor(streams.stdout, environment)));
  if (!quiet) streams.stderr.write(closingLines(document, directory, styleFor(streams.stderr, environment)));
  const checked = checkAssertions(assertions, figures);
  streams.stderr.write(describeAssertions(checked));
  return checked.every(({ passed }) => passed) ? 0 : 1;
}
