import { nearest, UserError } from '../errors.js';
import type { AnyClassifierDef } from '../ml/classifiers/classifier.js';
import { classifiers } from '../ml/classifiers/registry.js';
import { describeRange, type ParamSpec } from '../ml/params.js';
import { type Style, styleFor } from '../terminal/style.js';
import { formatTable } from '../terminal/table.js';
import { defineCommand } from './command.js';

export const modelsCommand = defineCommand({
  arguments: '[id]',
  options: {},
  examples: `Examples:
  secuml models
  secuml models logistic-regression`,
  async run({ args, options, streams, environment }) {
    const style = styleFor(streams.stdout, environment);
    const shown = args.length > 0 ? [classifierNamed(args[0])] : Object.values(classifiers);
    if (options.json) streams.stdout.write(`${JSON.stringify(shown.map(modelAsJson), null, 2)}\n`);
    else if (args.length > 0) streams.stdout.write(describeModel(shown[0], style));
    else streams.stdout.write(listModels(shown, style));
    return 0;
  },
});

/** The classifier a user named; throws UserError with the nearest one. */
export function classifierNamed(id: string): AnyClassifierDef {
  if (Object.hasOwn(classifiers, id)) return classifiers[id as keyof typeof classifiers];
  const known = Object.keys(classifiers);
  throw new UserError(`there is no model "${id}"${nearest(id, known)}`, { hint: `the models: ${known.join(', ')}` });
}

function modelAsJson({ id, title, summary, params, accepts }: AnyClassifierDef): object {
  return { id, title, summary, params, accepts };
}

function listModels(models: readonly AnyClassifierDef[], style: Style): string {
  const rows = models.map(({ id, summary }) => [style.title(id), summary]);
  return `${formatTable(rows, { align: ['left', 'left'], indent: 0, width: style.tableWidth })}\n\nsecuml models ID tells more of one.\n`;
}

function describeModel({ id, title, summary, params, accepts }: AnyClassifierDef, style: Style): string {
  const rows = Object.entries(params).map(([name, spec]) => [
    name,
    String(spec.default),
    gridOf(spec),
    possible(spec),
    spec.help,
  ]);
  const takes = [
    accepts.sparse ? 'sparse features' : 'dense features (sparse ones are made dense)',
    accepts.missing ? 'missing values' : 'no missing values (see --impute)',
    accepts.multiclass ? 'two classes or families' : 'two classes',
    accepts.weights ? 'weights' : 'no weights',
  ];
  const table = formatTable(rows, {
    head: ['parameter', 'default', 'default grid', 'possible', 'meaning'],
    align: ['left', 'left', 'left', 'left', 'left'],
    width: style.tableWidth,
  });
  return `${style.title(title)} (${id})\n${summary}\nTakes: ${takes.join(', ')}.\n\n${rows.length > 0 ? table : '  no parameters'}\n`;
}

function gridOf(spec: ParamSpec): string {
  return spec.grid ? spec.grid.join(', ') : '';
}

function possible(spec: ParamSpec): string {
  switch (spec.type) {
    case 'boolean':
      return 'true, false';
    case 'choice':
      return spec.words.join(', ');
    case 'number':
      return describeRange(spec);
    case 'number-or-word':
      return `${describeRange(spec)}, ${spec.words.join(', ')}`;
  }
}
