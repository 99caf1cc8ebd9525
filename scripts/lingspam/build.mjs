/** Builds the Ling-Spam example dataset from a corpus that the user has downloaded. */
import { fileURLToPath } from 'node:url';
import { percent, runScript, UserError } from '../text/command-line.mjs';

const DEFAULT_OUT = fileURLToPath(new URL('../../input_data/SpamHam/lingspam', import.meta.url));
const COLUMNS = 1000;
const MIN_MAILS = 5;
const INITIAL_LABELS = { malicious: 10, benign: 40 };

const HELP = `
Makes the dataset SpamHam/lingspam from the Ling-Spam corpus (2,893 mails of a linguists' list and spam).

usage: node scripts/lingspam/build.mjs CORPUS_DIR [--out DIR]

  CORPUS_DIR   the corpus's folder lingspam_public/bare, with part1 to part10
  --out DIR    where to write the dataset (input_data/SpamHam/lingspam)
  --help       this text

The corpus is neither bundled nor downloaded by this script: its licence is not stated. The features say which of the
${COLUMNS} words found in the most mails occur in a mail (0 or 1). The corpus knows no families: they are spam and legitimate.
Before the first run:
  npm ci --prefix scripts/text

example: node scripts/lingspam/build.mjs ~/lingspam_public/bare
`;

await runScript({
  help: HELP,
  install: 'npm ci --prefix scripts/text',
  options: { out: { type: 'string' } },
  async run({ out = DEFAULT_OUT }, [directory, ...more]) {
    if (directory === undefined) throw new UserError('give the directory of the corpus\nSee --help.');
    if (more.length > 0) throw new UserError(`unexpected argument: ${more[0]}\nSee --help.`);
    const { readLingSpam } = await import('./corpus.mjs');
    const { TermCounter } = await import('../text/vocabulary.mjs');
    const { writeDataset } = await import('../text/dataset.mjs');

    const mails = await readLingSpam(directory);
    const counter = new TermCounter();
    for (const { text } of mails) counter.add(text);
    const columns = counter.choose({ columns: COLUMNS, minTexts: MIN_MAILS });
    if (columns.length === 0) throw new UserError(`no word occurs in ${MIN_MAILS} mails of ${directory}`);
    const { files, density } = await writeDataset(
      out,
      {
        instances: mails.map(({ name, label }) => ({
          ident: name,
          label,
          family: label === 'malicious' ? 'spam' : 'legitimate',
        })),
        featureFile: 'words1000',
        features: columns.map(({ term, description }) => ({ id: term, description })),
        featureType: 'binary',
        value: (id, column) => (counter.counts[id].has(columns[column].term) ? 1 : 0),
        initialLabels: INITIAL_LABELS,
      },
      { compress: false },
    );
    return [
      `${out}: ${files.join(', ')}`,
      `mails: ${mails.length}, malicious: ${mails.filter(({ label }) => label === 'malicious').length}`,
      `words: ${columns.length}`,
      `cells that are not zero: ${percent(density)}`,
    ].join('\n');
  },
});
