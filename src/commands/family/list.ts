import { printable } from '../../errors.js';
import { formatCount } from '../../terminal/number-format.js';
import { type Style, styleFor } from '../../terminal/style.js';
import { formatTable } from '../../terminal/table.js';
import { resolveConfiguration } from '../../workspace/configuration.js';
import { countFamilies } from '../../workspace/labels/family-counts.js';
import { LabelReader } from '../../workspace/labels/label-reader.js';
import { defineCommand } from '../command.js';
import { labelSetOptions, labelSetTarget, setTitle } from '../labels/label-set-target.js';

const barWidth = 24;

export const listFamiliesCommand = defineCommand({
  arguments: '[project] [dataset]',
  options: labelSetOptions,
  examples: `Examples:
  secuml family list SpamHam spamassassin
  secuml family list SpamHam spamassassin --label-set mine --json`,
  async run({ args, options, streams, environment }) {
    const usage = 'family list PROJECT DATASET [--label-set NAME]';
    const { set } = labelSetTarget(options, args, { fewest: 0, most: 0, usage });
    const { outputDir } = await resolveConfiguration(options, environment);
    const current = [...(await new LabelReader(outputDir).current(set)).values()];
    const sizes: FamilySize[] = countFamilies(current);
    for (const label of ['malicious', 'benign'] as const) {
      const instances = current.filter((held) => held.label === label && held.family === null).length;
      if (instances > 0) sizes.push({ family: null, label, instances });
    }
    if (options.json) streams.stdout.write(`${JSON.stringify({ ...set, families: sizes })}\n`);
    else if (sizes.length === 0) streams.stdout.write(`no labels in ${setTitle(set)}\n`);
    else streams.stdout.write(describe(sizes, styleFor(streams.stdout, environment)));
    return 0;
  },
});

interface FamilySize {
  /** Null: the instances without a family. */
  readonly family: string | null;
  readonly label: 'malicious' | 'benign';
  readonly instances: number;
}

function describe(sizes: readonly FamilySize[], style: Style): string {
  const largest = Math.max(...sizes.map(({ instances }) => instances));
  const rows = sizes.map(({ family, label, instances }) => [
    family === null ? style.quiet('(no family)') : printable(family, 60),
    style[label](label),
    formatCount(instances),
    style[label](bar(instances / largest)),
  ]);
  const head = ['family', 'label', 'instances', ''];
  return `${formatTable(rows, { head, align: ['left', 'left', 'right', 'left'], indent: 0, width: style.tableWidth })}\n`;
}

/** Blocks that are cut in eighths: small families differ too. */
function bar(share: number): string {
  const eighths = Math.max(1, Math.round(share * barWidth * 8));
  return '█'.repeat(Math.floor(eighths / 8)) + ' ▏▎▍▌▋▊▉'[eighths % 8].trim();
}
