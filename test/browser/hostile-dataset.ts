/** Every one of these would set `hacked` on the window, if any of it were ever taken for markup or code. */
const markup = [
  '<script>window.hacked=1</script>',
  '<img src=x onerror=window.hacked=1>',
  '"><svg onload=window.hacked=1>',
  "');window.hacked=1;//",
  '</script><script>window.hacked=1</script>',
  '<!--<script>window.hacked=1',
  ']]><script>window.hacked=1</script>',
  '${window.hacked=1}{{window.hacked=1}}',
  'javascript:window.hacked=1',
  '&lt;script&gt;window.hacked=1&lt;/script&gt;&#60;script&#62;',
];

/** Text that a table, a line or a spreadsheet takes for something else. */
const strange = [
  '=HYPERLINK("http://example.invalid/","x")',
  '+1+1',
  '-2+3',
  '@SUM(1)',
  '\u202egpj.exe\u202c',
  '\u2066\u05e9\u05dc\u05d5\u05dd\u2069 \u0645\u0631\u062d\u0628\u0627',
  'a\u200bb\u200d\u00adc\ufeff',
  'Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324\u031e\u0349\u035a\u032f\u031e\u0320\u034dalgo',
  '\u0007\u001b[31mred\u0001',
  '\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67 \ud83c\udff3\ufe0f\u200d\ud83c\udf08',
  '../../../../etc/passwd',
  '%2e%2e%2f%00?x=1#y',
  'constructor',
  '__proto__',
];

const filled = (start: string, length: number): string => start.padEnd(length, 'x<b>');

/** Names that instances have. */
export const hostileIdents = [...markup, ...strange, filled('<i>', 10_000), filled('\u202e', 10_000)];
const featureNames = [
  '__proto__',
  '<img src=x onerror=window.hacked=1>',
  '=1+1',
  filled('long <u>', 10_000),
  '\u202eeman',
];
const families = ['<script>window.hacked=1</script>', filled('f', 190), '\u202eylimaf', '=2+2', 'toString'];

/** A name of an experiment that a page shows in its title, its crumbs and lists. */
export const hostileName = '<img src=x onerror=window.hacked=1> \u202ereversed';

/** A dataset whose every text is an attack, as files of the toolkit's layout. Labels can be learned. */
export function hostileDataset(project: string, dataset: string, rows = 240): Record<string, string> {
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const identLines = ['instance_id,ident'];
  const featureLines = [['instance_id', ...featureNames.map(quoted)].join(',')];
  const labelLines = ['instance_id,label,family'];
  for (let i = 0; i < rows; i++) {
    const malicious = i % 3 === 0;
    identLines.push(`${i},${quoted(hostileIdents[i % hostileIdents.length])}`);
    // A spread of values without chance: every feature leans towards the label.
    const values = featureNames.map((_, j) => Math.sin(i * (j + 1)) + (malicious ? 1.5 : -0.5));
    featureLines.push([i, ...values.map((value) => value.toFixed(4))].join(','));
    labelLines.push(`${i},${malicious ? 'malicious' : 'benign'},${quoted(families[i % families.length])}`);
  }
  const at = `input_data/${project}/${dataset}`;
  return {
    [`${at}/idents.csv`]: `${identLines.join('\n')}\n`,
    [`${at}/features/features.csv`]: `${featureLines.join('\n')}\n`,
    [`${at}/labels/true_labels.csv`]: `${labelLines.join('\n')}\n`,
  };
}
