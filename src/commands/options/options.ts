import { type Command, InvalidArgumentError, Option } from 'commander';
import { durationForms, parseDuration } from '../../schema/duration.js';
import { parseSize } from '../../workspace/size.js';
import { parseTime, timestampForms } from '../../workspace/dataset/time-values.js';

/** One option of a subcommand, as data: how it is typed, explained and parsed. */
export interface OptionSpec<T> {
  /** As commander writes it: `--test-size <share>`. */
  readonly flags: string;
  readonly help: string;
  /** Turns the text into a value; `previous` is that of an earlier occurrence. Absent: a switch. */
  parse?(text: string, previous: T | undefined): T;
}

export type OptionSpecs = Readonly<Record<string, OptionSpec<unknown>>>;

/** What the options hold once parsed; an option that was not given is undefined (configuration may fill it). */
export type OptionsOf<S extends OptionSpecs> = {
  readonly [K in keyof S]?: S[K] extends OptionSpec<infer T> ? T : never;
};

/** A switch without a value. */
export function flag(flags: string, help: string): OptionSpec<boolean> {
  return { flags, help };
}

/** Text; given twice, the last one counts. */
export function text(flags: string, help: string): OptionSpec<string> {
  return { flags, help, parse: notEmpty };
}

/** A name for an experiment: not the one that means another wherever an experiment is asked for. */
export function experimentName(flags: string, help: string): OptionSpec<string> {
  return {
    flags,
    help,
    parse: (value) => {
      if (value.trim().toLowerCase() === 'latest') {
        throw new InvalidArgumentError('"latest" means the last experiment that was finished; choose another name.');
      }
      return notEmpty(value);
    },
  };
}

/** An empty value is a shell variable that was not set: taking it for a name would be a guess. */
function notEmpty(value: string): string {
  if (value.trim() === '') throw new InvalidArgumentError('It must not be empty.');
  return value;
}

/** A number within bounds. */
export function number(
  flags: string,
  help: string,
  bounds: { min?: number; max?: number; integer?: boolean } = {},
): OptionSpec<number> {
  return { flags, help, parse: (value) => parseBounded(value, bounds) };
}

function parseBounded(value: string, bounds: { min?: number; max?: number; integer?: boolean }): number {
  const parsed = value.trim() === '' ? Number.NaN : Number(value);
  const { min = -Infinity, max = Infinity, integer = false } = bounds;
  if (!Number.isFinite(parsed) || parsed < min || parsed > max || (integer && !Number.isInteger(parsed))) {
    const kind = integer ? 'a whole number' : 'a number';
    const range = max === Infinity ? (min === -Infinity ? '' : ` of at least ${min}`) : ` from ${min} to ${max}`;
    throw new InvalidArgumentError(`Expected ${kind}${range}.`);
  }
  return parsed;
}

/** One of a few words. */
export function choice<const W extends string>(flags: string, words: readonly W[], help: string): OptionSpec<W> {
  return {
    flags,
    help: `${help} (${words.join(', ')})`,
    parse: (value) => {
      const word = words.find((candidate) => candidate === value);
      if (word === undefined) throw new InvalidArgumentError(`Expected one of: ${words.join(', ')}.`);
      return word;
    },
  };
}

/** Values that come one a flag or separated by commas: never more than one argument an occurrence. */
export function list(flags: string, help: string): OptionSpec<readonly string[]> {
  return {
    flags,
    help: `${help} (repeatable, or separated by commas)`,
    parse: (value, previous = []) => [...previous, ...value.split(',').map((part) => notEmpty(part.trim()))],
  };
}

/** Values that may hold commas themselves: one a flag. */
export function repeatable(flags: string, help: string): OptionSpec<readonly string[]> {
  return { flags, help: `${help} (repeatable)`, parse: (value, previous = []) => [...previous, value] };
}

/** A stretch of time in milliseconds: `7d`, `12h`. */
export function duration(flags: string, help: string): OptionSpec<number> {
  return {
    flags,
    help,
    parse: (value) => {
      const milliseconds = parseDuration(value);
      if (milliseconds === null) throw new InvalidArgumentError(`Expected ${durationForms}.`);
      return milliseconds;
    },
  };
}

/** A point in time, in milliseconds since 1970 UTC. */
export function time(flags: string, help: string): OptionSpec<number> {
  return {
    flags,
    help,
    parse: (value) => {
      const milliseconds = parseTime(value);
      if (milliseconds === null) throw new InvalidArgumentError(`Expected a time: ${timestampForms}.`);
      return milliseconds;
    },
  };
}

/** A size in bytes: `500M`, `2G`, `1048576`. */
export function size(flags: string, help: string): OptionSpec<number> {
  return {
    flags,
    help,
    parse: (value) => {
      const bytes = parseSize(value);
      if (bytes === undefined) throw new InvalidArgumentError('Expected a size such as 500M or 2G.');
      return bytes;
    },
  };
}

/** Adds the options to a commander command. */
export function addOptions(command: Command, specs: OptionSpecs): void {
  for (const [name, spec] of Object.entries(specs)) {
    const option = new Option(spec.flags, spec.help);
    if (spec.parse) option.argParser(spec.parse as (value: string, previous: unknown) => unknown);
    if (option.attributeName() !== name) throw new Error(`option "${spec.flags}" is declared as "${name}"`);
    command.addOption(option);
  }
}
