/** Builds the bundled example dataset from the public SpamAssassin corpus. */
import { fileURLToPath } from 'node:url';
import { runScript, UserError } from '../text/command-line.mjs';

const DEFAULT_OUT = fileURLToPath(new URL('../../input_data/SpamHam/spamassassin', import.meta.url));

const HELP = `
Makes the dataset SpamHam/spamassassin from the public SpamAssassin mail corpus.

usage: node scripts/spamassassin/build.mjs [--out DIR] [--mails DIR]

  --out DIR    where to write the dataset (input_data/SpamHam/spamassassin)
  --mails DIR  write the raw mails there too, one file per instance (DIR/<instance_id>.txt)
  --help       this text

The same corpus gives the same bytes. Before the first run (93 MB):
  npm ci --prefix scripts/text && npm ci --prefix scripts/spamassassin

example: node scripts/spamassassin/build.mjs --mails /tmp/mails
`;

await runScript({
  help: HELP,
  install: 'npm ci --prefix scripts/text && npm ci --prefix scripts/spamassassin',
  options: { out: { type: 'string' }, mails: { type: 'string' } },
  async run({ out = DEFAULT_OUT, mails }, positionals) {
    if (positionals.length > 0) throw new UserError(`unexpected argument: ${positionals[0]}\nSee --help.`);
    const { makeDataset } = await import('./make-dataset.mjs');
    return makeDataset({ out, mails });
  },
});
