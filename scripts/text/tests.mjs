/** Tests of the text pipeline: `npm test --prefix scripts/text`. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { writeDataset } from './dataset.mjs';
import { termsOf } from './tokens.mjs';
import { TermCounter } from './vocabulary.mjs';

/** @param {string} text */
const terms = (text) => [...termsOf(text)].map(({ term }) => term);

test('words become lower-case stems without stop words and apostrophes', () => {
  assert.deepEqual(terms('The Policies, and DON’T be running! x'), ['polici', 'dont', 'run']);
});

test('links, addresses, amounts and numbers become placeholders', () => {
  const text = 'http://a.example/x?y=1 www.b.example Jo.Do@c.example $1,000.50 US$5 2002 2nd';
  assert.deepEqual(terms(text), ['_url_', '_url_', '_email_', '_money_', '_money_', '_number_', '2nd']);
});

test('columns are the terms of the most texts, ties and result in alphabetical order', () => {
  const counter = new TermCounter();
  for (const text of ['zebra zebra zebra', 'cats dogs', 'cat dog ant', 'ant cats']) counter.add(text);
  const columns = counter.choose({ columns: 2, minTexts: 2 });
  assert.deepEqual(
    columns.map(({ term, texts }) => [term, texts]),
    [
      ['ant', 2],
      ['cat', 3],
    ],
  );
  assert.equal(columns[1].description, 'most often seen as: cats; in 3 mails');
  assert.equal(counter.counts[0].get('zebra'), 3);
});

test('a dataset is written in the layout, twice alike, with every family among the initial labels', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'dataset-'));
  try {
    const families = ['rare', ...Array(8).fill('common')];
    const instances = [
      ...families.map((family, id) => ({
        ident: `m,${id}`,
        timestamp: '',
        label: /** @type {const} */ ('malicious'),
        family,
      })),
      { ident: 'b', timestamp: '2002-01-01 00:00:00', label: /** @type {const} */ ('benign'), family: 'b' },
    ];
    const dataset = {
      instances,
      featureFile: 'features',
      features: [{ id: 'f', description: 'd' }],
      featureType: /** @type {const} */ ('numeric'),
      value: (/** @type {number} */ id) => id,
      initialLabels: { malicious: 3, benign: 5 },
    };
    await writeDataset(directory, dataset, { compress: true });
    const first = await readFile(join(directory, 'features/features.csv.gz'));
    await writeDataset(directory, dataset, { compress: true });
    assert.deepEqual(await readFile(join(directory, 'features/features.csv.gz')), first);
    assert.match(gunzipSync(first).toString(), /^instance_id,f\n0,0\n1,1\n/);
    assert.match(await readFile(join(directory, 'idents.csv'), 'utf8'), /^instance_id,ident,timestamp\n0,"m,0",\n/);
    assert.equal(
      await readFile(join(directory, 'labels/init_labels.csv'), 'utf8'),
      'instance_id,label,family\n0,malicious,rare\n1,malicious,common\n2,malicious,common\n9,benign,b\n',
    );
  } finally {
    await rm(directory, { recursive: true });
  }
});
