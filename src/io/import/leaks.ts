import { printable } from '../../errors.js';
import type { ColumnPlan } from './column-plan.js';
import type { ColumnProfile, ProfiledTable } from './column-profile.js';

/** Fewer labelled rows tell the labels apart by chance. */
const leastLabelled = 20;

const toldValues = 6;

const labelName =
  /^(.*[_ .-])?(label|labels|class|target|verdict|malicious|benign|malware|attack|attack_?cat|attack_?type|ground_?truth|is_?(attack|malware|malicious|phishing|spam|anomaly|bad))$/i;

/** Features that look like the label itself, in plain words: a model would shine on them, and fail at work. */
export function leaks(table: ProfiledTable, plans: readonly ColumnPlan[], label: number): string[] {
  const found: string[] = [];
  plans.forEach(({ name, feature }, place) => {
    if (!feature) return;
    const shown = `the feature column "${printable(name, 60)}"`;
    const tells = label < 0 ? undefined : tellsLabel(table.profiles[place], feature.kind === 'number');
    if (tells !== undefined) {
      found.push(`${shown} alone tells the label (${tells}): if it is not known before the verdict, --ignore it`);
    } else if (labelName.test(name)) {
      const way =
        label < 0
          ? `--label COL --malicious VALUE takes it as the label${valuesOf(table.profiles[place])}, --ignore leaves it out`
          : '--ignore or --family takes it out';
      found.push(`${shown} is named like a label: ${way}`);
    }
  });
  return found;
}

/** The few values of a column, the most frequent first. */
function valuesOf({ values }: ColumnProfile): string {
  if (!values || values.size > toldValues) return '';
  const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);
  const told = [...values].sort(([, a], [, b]) => sum(b) - sum(a)).map(([text]) => `"${printable(text, 30)}"`);
  return told.length === 0 ? '' : ` (it has ${told.join(', ')})`;
}

/** How a column alone tells every label, if it does. */
function tellsLabel(profile: ColumnProfile, asNumber: boolean): string | undefined {
  const { missing, min, max, values } = profile;
  const { filled } = profile;
  const [benign, malicious] = [filled[0] + missing[0], filled[1] + missing[1]];
  if (benign === 0 || malicious === 0 || benign + malicious < leastLabelled) return undefined;
  if (missing[0] === 0 && filled[1] === 0) return 'it is empty in all malicious rows and in no benign one';
  if (missing[1] === 0 && filled[0] === 0) return 'it is empty in all benign rows and in no malicious one';
  if (missing[0] + missing[1] > 0) return undefined;
  if (asNumber && profile.texts === 0) {
    if (max[0] < min[1]) return `up to ${max[0]} benign, from ${min[1]} malicious`;
    if (max[1] < min[0]) return `up to ${max[1]} malicious, from ${min[0]} benign`;
    return undefined;
  }
  // As many values as rows tell everything and nothing.
  const few = values !== undefined && values.size * 2 <= benign + malicious;
  if (few && [...values.values()].every((counts) => counts[0] === 0 || counts[1] === 0)) {
    return `each of its ${values.size} values occurs with one label only`;
  }
  return undefined;
}
