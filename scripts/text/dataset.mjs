/** Writes a dataset in secuml's layout, the same bytes for the same content. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { constants, gzipSync } from 'node:zlib';

/** @typedef {{ ident: string, timestamp?: string, label: 'malicious' | 'benign', family: string }} Instance */
/** @typedef {{ id: string, description: string }} Feature */
/**
 * @typedef {object} Dataset
 * @property {Instance[]} instances their ids are their positions
 * @property {string} featureFile name without ending
 * @property {Feature[]} features
 * @property {'numeric' | 'binary'} featureType
 * @property {(instance: number, feature: number) => number} value
 * @property {{ malicious: number, benign: number }} initialLabels how many to give away at the start
 */

const MALICIOUS_OR_BENIGN = /** @type {const} */ (['malicious', 'benign']);
const GZIP_SYSTEM_BYTE = 9;
const GZIP_UNKNOWN_SYSTEM = 255;

/** @param {string | number} cell */
function csvCell(cell) {
  const text = String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** @param {(string | number)[][]} rows */
const csv = (rows) => rows.map((row) => `${row.map(csvCell).join(',')}\n`).join('');

/**
 * Shares `total` places among families by their size; every family gets one while there are places.
 * @param {Map<string, number[]>} members
 * @param {number} total
 * @returns {Map<string, number>}
 */
function sharePlaces(members, total) {
  const families = [...members.keys()].sort();
  const places = new Map(families.map((family) => [family, 0]));
  const all = [...members.values()].reduce((sum, ids) => sum + ids.length, 0);
  for (let given = 0; given < Math.min(total, all); given += 1) {
    // How far each family is behind its fair share; one without any place goes first.
    const want = (/** @type {string} */ family) => {
      const size = members.get(family)?.length ?? 0;
      const has = places.get(family) ?? 0;
      if (has >= size) return Number.NEGATIVE_INFINITY;
      return has === 0 ? Number.POSITIVE_INFINITY : (size / all) * total - has;
    };
    const [next] = families.toSorted((a, b) => (want(b) > want(a) ? 1 : want(b) < want(a) ? -1 : 0));
    places.set(next, (places.get(next) ?? 0) + 1);
  }
  return places;
}

/**
 * The ids to start labelling from: the first of each family.
 * @param {Instance[]} instances
 * @param {Dataset['initialLabels']} wanted
 */
function chooseInitial(instances, wanted) {
  return MALICIOUS_OR_BENIGN.flatMap((label) => {
    /** @type {Map<string, number[]>} */
    const members = new Map();
    for (const [id, instance] of instances.entries()) {
      if (instance.label !== label) continue;
      const ids = members.get(instance.family);
      if (ids) ids.push(id);
      else members.set(instance.family, [id]);
    }
    const places = sharePlaces(members, wanted[label]);
    return [...members].flatMap(([family, ids]) => ids.slice(0, places.get(family)));
  }).sort((a, b) => a - b);
}

/** @param {string} text */
function gzip(text) {
  const bytes = gzipSync(text, { level: constants.Z_BEST_COMPRESSION });
  bytes[GZIP_SYSTEM_BYTE] = GZIP_UNKNOWN_SYSTEM; // otherwise it names the operating system
  return bytes;
}

/**
 * @param {string} directory
 * @param {Dataset} dataset
 * @param {{ compress: boolean }} options
 * @returns {Promise<{ files: string[], density: number }>}
 */
export async function writeDataset(directory, dataset, { compress }) {
  const { instances, features, featureFile, featureType, value } = dataset;
  const timed = instances.some((instance) => instance.timestamp !== undefined);
  let filled = 0;
  const featureRows = instances.map((_, id) => {
    const cells = features.map((_feature, column) => value(id, column));
    filled += cells.filter((cell) => cell !== 0).length;
    return [id, ...cells];
  });
  const featureTable = csv([['instance_id', ...features.map(({ id }) => id)], ...featureRows]);
  /** @param {number} id */
  const labelRow = (id) => [id, instances[id].label, instances[id].family];
  const labelHeader = ['instance_id', 'label', 'family'];

  /** @type {Map<string, string | Buffer>} */
  const files = new Map([
    [
      'idents.csv',
      csv([
        ['instance_id', 'ident', ...(timed ? ['timestamp'] : [])],
        ...instances.map(({ ident, timestamp }, id) => [id, ident, ...(timed ? [timestamp ?? ''] : [])]),
      ]),
    ],
    [`features/${featureFile}.csv${compress ? '.gz' : ''}`, compress ? gzip(featureTable) : featureTable],
    [
      `features/${featureFile}_description.csv`,
      csv([
        ['id', 'name', 'description', 'type'],
        ...features.map(({ id, description }) => [id, id, description, featureType]),
      ]),
    ],
    ['labels/true_labels.csv', csv([labelHeader, ...instances.map((_, id) => labelRow(id))])],
    ['labels/init_labels.csv', csv([labelHeader, ...chooseInitial(instances, dataset.initialLabels).map(labelRow)])],
  ]);
  for (const [name, content] of files) {
    const file = join(directory, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  return { files: [...files.keys()], density: filled / (instances.length * features.length) };
}
