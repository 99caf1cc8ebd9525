import type { RowGroups } from '../schema/api/rows.js';
import type { CodedColumn } from '../schema/prediction-table.js';
import type { LabelWord } from '../schema/vocabulary.js';

/**
 * Counts rows by label and family; a family's name under both labels is two families, the largest comes first. A family
 * without a name, and one of a row without a label, is none. What it returns may be asked again and again: O(rows) each.
 */
export function rowGroups(label: CodedColumn, family: CodedColumn): (rows: Uint32Array) => RowGroups {
  const malicious = label.names.indexOf('malicious');
  // By family and label; cleared after each use.
  const tally = new Uint32Array(2 * family.names.length);
  return (rows) => {
    const counts = { malicious: 0, benign: 0 };
    const met: number[] = [];
    for (let k = 0; k < rows.length; k++) {
      const code = label.codes[rows[k]];
      if (code < 0) continue;
      const bad = code === malicious;
      if (bad) counts.malicious++;
      else counts.benign++;
      const own = family.codes[rows[k]];
      if (own < 0 || family.names[own] === '') continue;
      const group = 2 * own + Number(bad);
      if (tally[group]++ === 0) met.push(group);
    }
    const families = met.map((group) => ({
      family: family.names[group >>> 1],
      label: (group % 2 === 1 ? 'malicious' : 'benign') as LabelWord,
      instances: tally[group],
    }));
    for (const group of met) tally[group] = 0;
    families.sort(
      (a, b) =>
        b.instances - a.instances || (a.family < b.family ? -1 : a.family > b.family ? 1 : a.label < b.label ? -1 : 1),
    );
    return { instances: rows.length, ...counts, families };
  };
}
