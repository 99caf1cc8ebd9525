/** Makes the dataset and says what is in it. */
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { percent } from '../text/command-line.mjs';
import { writeDataset } from '../text/dataset.mjs';
import { TermCounter } from '../text/vocabulary.mjs';
import { readCorpus } from './corpus.mjs';
import { readMail } from './mail.mjs';

const COLUMNS = 1000;
const MIN_MAILS = 5;
const INITIAL_LABELS = { malicious: 10, benign: 40 };

/** @param {string} text */
const digest = (text) => createHash('sha256').update(text).digest('hex');

/**
 * @param {string} directory
 * @param {string[]} raws
 */
async function writeMails(directory, raws) {
  await mkdir(directory, { recursive: true });
  for (const [id, raw] of raws.entries()) await writeFile(join(directory, `${id}.txt`), raw);
}

/**
 * @param {{ out: string, mails: string | undefined }} where
 * @returns {Promise<string>} what was made
 */
export async function makeDataset({ out, mails }) {
  const corpus = readCorpus();
  const counter = new TermCounter();
  const instances = [];
  const bodies = new Set();
  const texts = new Set();
  let emptyBodies = 0;
  for (const { name, label, group, raw } of corpus) {
    const { subject, body, timestamp } = await readMail(raw);
    instances.push({ ident: name, timestamp: timestamp ?? '', label, family: group });
    counter.add(`${subject}\n${body}`);
    bodies.add(digest(body));
    texts.add(digest(`${subject}\n${body}`));
    if (!body.trim()) emptyBodies += 1;
  }
  const columns = counter.choose({ columns: COLUMNS, minTexts: MIN_MAILS });
  const { counts } = counter;
  const { files, density } = await writeDataset(
    out,
    {
      instances,
      featureFile: 'features',
      features: columns.map(({ term, description }) => ({ id: term, description })),
      featureType: 'numeric',
      value: (id, column) => counts[id].get(columns[column].term) ?? 0,
      initialLabels: INITIAL_LABELS,
    },
    { compress: true },
  );
  if (mails !== undefined)
    await writeMails(
      mails,
      corpus.map(({ raw }) => raw),
    );

  const rows = counts.map((count) => columns.map(({ term }) => count.get(term) ?? 0).join());
  return [
    `${out}: ${files.join(', ')}`,
    `mails: ${instances.length}, malicious: ${instances.filter(({ label }) => label === 'malicious').length}`,
    `words: ${columns.length}, each in at least ${Math.min(...columns.map(({ texts: n }) => n))} mails`,
    `cells that are not zero: ${percent(density)}`,
    `without a time: ${instances.filter(({ timestamp }) => timestamp === '').length}`,
    `without a body: ${emptyBodies}`,
    `repeat an earlier body: ${corpus.length - bodies.size}; subject and body: ${corpus.length - texts.size}; row: ${corpus.length - new Set(rows).size}`,
    ...(mails === undefined ? [] : [`raw mails: ${mails}`]),
  ].join('\n');
}
