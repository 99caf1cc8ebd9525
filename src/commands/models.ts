import { counted, grouped, nearest, UserError } from '../errors.js';
import { raceCandidates } from '../experiments/classify/race-candidates.js';
import { queryStrategies } from '../ml/active-learning/registry.js';
import type { AnyQueryStrategyDef } from '../ml/active-learning/strategy.js';
import type { AnyClassifierDef } from '../ml/classifiers/classifier.js';
import { classifiers } from '../ml/classifiers/registry.js';
import type { AnyClustererDef } from '../ml/clustering/clusterer.js';
import { clusterers } from '../ml/clustering/registry.js';
import { describeRange, type ParamSpec, type ParamSpecs } from '../ml/params.js';
import { type Style, styleFor } from '../terminal/style.js';
import { formatTable } from '../terminal/table.js';
import { wrapText } from '../terminal/wrap.js';
import { defineCommand } from './command.js';

export const modelsCommand = defineCommand({
  arguments: '[id]',
  options: {},
  examples: `Examples:
  secuml models
  secuml models logistic-regression
  secuml models ilab`,
  async run({ args, options, streams, environment }) {
    const style = styleFor(streams.stdout, environment);
    const strategies: Record<string, AnyQueryStrategyDef> = queryStrategies;
    const [id] = args;
    if (id !== undefined && Object.hasOwn(strategies, id)) {
      const strategy = strategies[id];
      if (options.json) streams.stdout.write(`${JSON.stringify([strategyAsJson(strategy)], null, 2)}\n`);
      else streams.stdout.write(describeStrategy(strategy, style));
      return 0;
    }
    if (id === autoModel.id) {
      if (options.json) streams.stdout.write(`${JSON.stringify([{ kind: 'model', ...autoModel }], null, 2)}\n`);
      else streams.stdout.write(describeAuto(style));
      return 0;
    }
    const groupers: Record<string, AnyClustererDef> = clusterers;
    if (id !== undefined && Object.hasOwn(groupers, id)) {
      const clusterer = groupers[id];
      if (options.json) streams.stdout.write(`${JSON.stringify([clustererAsJson(clusterer)], null, 2)}\n`);
      else streams.stdout.write(describeClusterer(clusterer, style));
      return 0;
    }
    const models: AnyClassifierDef[] = id === undefined ? Object.values(classifiers) : [classifierNamed(id)];
    const asked = id === undefined ? Object.values(strategies) : [];
    const grouping = id === undefined ? Object.values(groupers) : [];
    if (options.json) {
      const auto = id === undefined ? [{ kind: 'model', ...autoModel }] : [];
      const listed = [
        ...models.map(modelAsJson),
        ...auto,
        ...asked.map(strategyAsJson),
        ...grouping.map(clustererAsJson),
      ];
      streams.stdout.write(`${JSON.stringify(listed, null, 2)}\n`);
    } else if (id === undefined) {
      streams.stdout.write(
        `${list('Models', [...models, autoModel], style)}\n${list('Query strategies', asked, style)}\n`,
      );
      streams.stdout.write(`${list('Clustering', grouping, style)}\n`);
      streams.stdout.write('secuml models ID tells more of one.\n');
    } else streams.stdout.write(describeModel(models[0], style));
    return 0;
  },
});

/** Not a model, but a race of some. */
export const autoModel = {
  id: 'auto',
  title: 'The best of several models',
  summary: 'A race: several models are tuned by cross-validation inside the training part, and the best is taken.',
  candidates: raceCandidates(true).map(({ model, points }) => ({ model, settings: points.length })),
};

function describeAuto(style: Style): string {
  const { id, title, summary, candidates } = autoModel;
  const rows = candidates.map(({ model, settings }) => [style.title(model), counted(settings, 'setting')]);
  const table = formatTable(rows, { align: ['left', 'right'], width: style.tableWidth });
  const how = wrapText(
    'Each is judged with its defaults first: the quickest, then the others, the strongest first; then their grids, the best so far first. --time-limit S ends the race: the best so far is taken, and what was not judged is told. For: classify.',
    style.tableWidth,
  );
  return `${style.title(title)} (${id})\n${summary}\n${how}\n\n${table}\n`;
}

function clustererAsJson({ id, title, summary, params, takesClusterCount, mostRows }: AnyClustererDef): object {
  return { kind: 'clusterer', id, title, summary, params, takesClusterCount, mostRows: mostRows ?? null };
}

function describeClusterer(clusterer: AnyClustererDef, style: Style): string {
  const { id, title, summary, params, takesClusterCount, mostRows } = clusterer;
  const count = takesClusterCount ? 'Takes a number of clusters.' : 'Finds the number of clusters itself.';
  const limit = mostRows === undefined ? '' : ` At most ${grouped(mostRows)} instances.`;
  return `${style.title(title)} (${id})\n${summary}\n${count}${limit}\n\n${parameters(params, style)}\n`;
}

/** The classifier a user named; throws UserError with the nearest one. */
export function classifierNamed(id: string): AnyClassifierDef {
  if (Object.hasOwn(classifiers, id)) return classifiers[id as keyof typeof classifiers];
  const known = Object.keys(classifiers);
  if (id === autoModel.id) throw new UserError('auto is a race of models, for: secuml classify');
  throw new UserError(`there is no model "${id}"${nearest(id, known)}`, { hint: `the models: ${known.join(', ')}` });
}

function modelAsJson({ id, title, summary, params, accepts, learnsFrom }: AnyClassifierDef): object {
  return { kind: 'model', id, title, summary, params, accepts, learnsFrom: learnsFrom ?? 'labels' };
}

function strategyAsJson({ id, title, summary, params, offeredBy, needs }: AnyQueryStrategyDef): object {
  return { kind: 'strategy', id, title, summary, params, offeredBy, needs };
}

function list(heading: string, entries: readonly { id: string; summary: string }[], style: Style): string {
  const rows = entries.map(({ id, summary }) => [style.title(id), summary]);
  return `${heading}\n${formatTable(rows, { align: ['left', 'left'], width: style.tableWidth })}\n`;
}

const neededAnswers: Record<AnyQueryStrategyDef['needs']['answers'], string> = {
  none: 'no answers to begin with',
  'one-label': 'an answer to begin with',
  'both-labels': 'answers of both labels to begin with',
  'two-families': 'answers of two families to begin with',
};

function describeStrategy({ id, title, summary, params, offeredBy, needs }: AnyQueryStrategyDef, style: Style): string {
  return `${style.title(title)} (${id})\n${summary}\nFor: ${offeredBy.join(', ')}. Needs ${neededAnswers[needs.answers]}.\n\n${parameters(params, style)}\n`;
}

function parameters(params: ParamSpecs, style: Style): string {
  const rows = Object.entries(params).map(([name, spec]) => [
    name,
    String(spec.default),
    gridOf(spec),
    possible(spec),
    spec.help,
  ]);
  const table = formatTable(rows, {
    head: ['parameter', 'default', 'default grid', 'possible', 'meaning'],
    align: ['left', 'left', 'left', 'left', 'left'],
    width: style.tableWidth,
  });
  return rows.length > 0 ? table : '  no parameters';
}

const lessons = {
  labels: 'labelled rows',
  'some-labels': 'labelled rows and those without a label',
  nothing: 'all rows, whatever their label',
};

function describeModel(model: AnyClassifierDef, style: Style): string {
  const { id, title, summary, params, accepts, learnsFrom = 'labels' } = model;
  const takes = [
    accepts.sparse ? 'sparse features' : 'dense features (sparse ones are made dense)',
    accepts.missing ? 'missing values' : 'no missing values (see --impute)',
    accepts.multiclass ? 'two classes or families' : 'two classes',
    accepts.weights ? 'weights' : 'no weights',
  ];
  return `${style.title(title)} (${id})\n${summary}\nTakes: ${takes.join(', ')}. Learns from ${lessons[learnsFrom]}.\n\n${parameters(params, style)}\n`;
}

function gridOf(spec: ParamSpec): string {
  return spec.grid ? spec.grid.join(', ') : '';
}

function possible(spec: ParamSpec): string {
  switch (spec.type) {
    case 'boolean':
      return 'true, false';
    case 'choice':
      return wordsOf(spec.words);
    case 'number':
      return describeRange(spec);
    case 'number-or-word':
      return `${describeRange(spec)}, ${spec.words.join(', ')}`;
  }
}

/** Words are listed where they are few. */
function wordsOf(words: readonly string[]): string {
  if (words.length <= 8) return words.join(', ');
  return `${words.slice(0, 3).join(', ')} and ${words.length - 3} more`;
}
