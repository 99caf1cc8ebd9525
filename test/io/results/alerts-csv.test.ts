import { expect, it } from 'vitest';
import { alertsCsv } from '../../../src/io/results/alerts-csv.js';
import type { AlertTableRow } from '../../../src/schema/alert-table.js';

const row: AlertTableRow = {
  instanceId: '=1+1',
  ident: 'a "mail", quoted',
  part: 'test',
  fold: -1,
  label: 'malicious',
  family: 'worm',
  probability: 0.75,
  score: Number.NaN,
  rank: 1,
  cluster: 'cluster 0',
  predictedFamily: '@evil',
  familyProbability: 0.5,
};

it('has columns of the groups that there are, safe in a spreadsheet', () => {
  const rows = [row, { ...row, label: null, family: null, fold: 2, cluster: null }];
  expect(alertsCsv({ rows, clusters: true, families: true }).split('\n')).toEqual([
    'instance_id,ident,part,fold,label,family,probability,score,rank,cluster,predicted_family,family_probability',
    `'=1+1,"a ""mail"", quoted",test,,malicious,worm,0.75,,1,cluster 0,'@evil,0.5`,
    `'=1+1,"a ""mail"", quoted",test,2,,,0.75,,1,,'@evil,0.5`,
    '',
  ]);
  expect(alertsCsv({ rows: [row], clusters: false, families: false }).split('\n')[0]).toBe(
    'instance_id,ident,part,fold,label,family,probability,score,rank',
  );
});
