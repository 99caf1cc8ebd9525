import { UserError } from '../errors.js';

interface NumberSpec {
  readonly type: 'number';
  readonly default: number;
  readonly min?: number;
  readonly max?: number;
  /** The bounds themselves are not allowed. */
  readonly open?: boolean;
  readonly integer?: boolean;
  readonly grid?: readonly number[];
  readonly help: string;
}

/** A number, or one of a few words standing for a rule (such as 'sqrt', 'none', 'auto'). */
interface NumberOrWordSpec<W extends string> extends Omit<NumberSpec, 'type' | 'default' | 'grid'> {
  readonly type: 'number-or-word';
  readonly words: readonly W[];
  readonly default: number | W;
  readonly grid?: readonly (number | W)[];
}

interface ChoiceSpec<W extends string> {
  readonly type: 'choice';
  readonly words: readonly W[];
  readonly default: W;
  readonly grid?: readonly W[];
  readonly help: string;
}

interface BooleanSpec {
  readonly type: 'boolean';
  readonly default: boolean;
  readonly grid?: readonly boolean[];
  readonly help: string;
}

export type ParamSpec = NumberSpec | NumberOrWordSpec<string> | ChoiceSpec<string> | BooleanSpec;
export type ParamSpecs = Readonly<Record<string, ParamSpec>>;
export type ParamValue = number | string | boolean;
export type Params = Readonly<Record<string, ParamValue>>;

/** The values that a set of specifications describes: what `fit` receives. */
export type ParamsOf<S extends ParamSpecs> = {
  readonly [K in keyof S]: S[K] extends NumberSpec
    ? number
    : S[K] extends NumberOrWordSpec<infer W>
      ? number | W
      : S[K] extends ChoiceSpec<infer W>
        ? W
        : boolean;
};

/** Declares hyper-parameters as data; a function, so that the words of a choice keep their literal types. */
export function defineParams<const S extends ParamSpecs>(specs: S): S {
  return specs;
}

/** The single default value of each parameter. */
export function defaultParams(specs: ParamSpecs): Params {
  return Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, spec.default]));
}

/**
 * Parses `name=value[,value…]` settings against `specs`; n_estimators, n-estimators and nEstimators are one name.
 * Returns the listed values by parameter; throws UserError naming what is wrong and what is possible.
 */
export function parseParams(specs: ParamSpecs, settings: readonly string[], owner: string): Map<string, ParamValue[]> {
  const values = new Map<string, ParamValue[]>();
  for (const setting of settings) {
    const equals = setting.indexOf('=');
    if (equals < 1) {
      throw new UserError(`--param ${setting}: expected NAME=VALUE[,VALUE…]`, { hint: `see: secuml models ${owner}` });
    }
    const name = parameterName(specs, setting.slice(0, equals), owner);
    if (values.has(name)) {
      throw new UserError(`--param ${name} is given twice`, { hint: `list several values as ${name}=A,B` });
    }
    const listed = setting
      .slice(equals + 1)
      .split(',')
      .map((text) => parseValue(name, specs[name], text.trim()));
    values.set(name, [...new Set(listed)]);
  }
  return values;
}

function parameterName(specs: ParamSpecs, typed: string, owner: string): string {
  const plain = (text: string): string => text.replace(/[-_]/g, '').toLowerCase();
  const exact = Object.hasOwn(specs, typed) ? typed : undefined;
  const name = exact ?? Object.keys(specs).find((candidate) => plain(candidate) === plain(typed));
  if (name === undefined) {
    const known = Object.keys(specs).join(', ') || 'none';
    throw new UserError(`${owner} has no parameter "${typed}"`, { hint: `its parameters: ${known}` });
  }
  return name;
}

function parseValue(name: string, spec: ParamSpec, text: string): ParamValue {
  const refuse = (expected: string): never => {
    throw new UserError(`--param ${name}: "${text}" is not possible`, { hint: `expected ${expected}` });
  };
  const lower = text.toLowerCase();
  switch (spec.type) {
    case 'boolean':
      if (lower === 'true' || lower === 'false') return lower === 'true';
      return refuse('true or false');
    case 'choice':
      return (
        spec.words.find((word) => word.toLowerCase() === lower) ??
        refuse(`one of ${spec.words.slice(0, 12).join(', ')}${spec.words.length > 12 ? ', …' : ''}`)
      );
    case 'number-or-word': {
      const word = spec.words.find((candidate) => candidate.toLowerCase() === lower);
      return word ?? parseNumber(spec, text) ?? refuse(`${describeRange(spec)} or one of ${spec.words.join(', ')}`);
    }
    case 'number':
      return parseNumber(spec, text) ?? refuse(describeRange(spec));
  }
}

type Range = Pick<NumberSpec, 'min' | 'max' | 'open' | 'integer'>;

function parseNumber(range: Range, text: string): number | undefined {
  const value = text === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(value) || (range.integer && !Number.isInteger(value))) return undefined;
  const { min = -Infinity, max = Infinity } = range;
  const inside = range.open ? value > min && value < max : value >= min && value <= max;
  return inside ? value : undefined;
}

/** "a whole number of at least 1", for help and errors. */
export function describeRange(range: Range): string {
  const kind = range.integer ? 'a whole number' : 'a number';
  const { min, max, open } = range;
  if (min !== undefined && max !== undefined) {
    return open ? `${kind} between ${min} and ${max}, both excluded` : `${kind} from ${min} to ${max}`;
  }
  if (min !== undefined) return open ? `${kind} greater than ${min}` : `${kind} of at least ${min}`;
  if (max !== undefined) return open ? `${kind} below ${max}` : `${kind} of at most ${max}`;
  return kind;
}

/** All combinations of the listed values, the last-named parameter varying fastest; others take their default. */
export function expandGrid(specs: ParamSpecs, listed: ReadonlyMap<string, readonly ParamValue[]>): Params[] {
  let points: Params[] = [defaultParams(specs)];
  for (const name of Object.keys(specs)) {
    const values = listed.get(name);
    if (values) points = points.flatMap((point) => values.map((value) => ({ ...point, [name]: value })));
  }
  return points;
}

/** The model's own default grid, as listed values. */
export function defaultGrid(specs: ParamSpecs): Map<string, ParamValue[]> {
  const listed = new Map<string, ParamValue[]>();
  for (const [name, spec] of Object.entries(specs)) if (spec.grid) listed.set(name, [...spec.grid]);
  return listed;
}
