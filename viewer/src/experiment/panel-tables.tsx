import type { PanelData } from '../../../src/schema/panels/registry.js';
import type { PanelKind } from '../../../src/schema/vocabulary.js';
import { DataText } from '../components/data-text.js';
import type { ChartTable } from '../components/chart-frame.js';
import { capped } from './capped-table.js';
import { alertsTable } from './alerts-table.js';
import { featureTables } from './feature-tables.js';
import { decayTable, roundsTable } from './time-tables.js';
import { figureKind } from '../text/headline-names.js';
import { formatCount, formatNumber, formatPercent, formatShare } from '../text/numbers.js';

/** The data of each kind of panel as a table. A kind that is missing here does not compile. */
const tables: { readonly [K in PanelKind]: (data: PanelData<K>) => ChartTable } = {
  indicators: ({ figures }) => ({
    columns: ['Figure', 'Value', 'Low', 'High'],
    rows: figures.map(({ name, value, low, high }) => {
      const { title, format } = figureKind(name);
      return [title, format(value), format(low), format(high)];
    }),
  }),
  'roc-curve': ({ falsePositiveRate, truePositiveRate, threshold }) =>
    capped(['Threshold', 'False-positive rate', 'True-positive rate'], threshold.length, (at) => [
      formatNumber(threshold[at]),
      formatShare(falsePositiveRate[at]),
      formatShare(truePositiveRate[at]),
    ]),
  'precision-recall-curve': ({ recall, precision, threshold }) =>
    capped(['Threshold', 'Recall', 'Precision'], threshold.length, (at) => [
      formatNumber(threshold[at]),
      formatShare(recall[at]),
      formatShare(precision[at]),
    ]),
  'threshold-table': (table) =>
    capped(
      ['Threshold', 'True positives', 'False positives', 'False negatives', 'True negatives'],
      table.thresholds.length,
      (at) => [
        formatNumber(table.thresholds[at]),
        formatCount(table.truePositives[at]),
        formatCount(table.falsePositives[at]),
        formatCount(table.falseNegatives[at]),
        formatCount(table.trueNegatives[at]),
      ],
    ),
  confusion: ({ classes, matrix }) => ({
    columns: ['True class', ...classes.map((name) => `predicted ${name}`)],
    rows: matrix.map((counts, row) => [<DataText text={classes[row]} />, ...counts.map(formatCount)]),
  }),
  histogram: ({ edges, groups }) =>
    capped(['From', 'To', ...groups.map(({ name }) => name)], edges.length - 1, (bin) => [
      formatNumber(edges[bin]),
      formatNumber(edges[bin + 1]),
      ...groups.map(({ counts }) => formatCount(counts[bin])),
    ]),
  families: ({ rows }) =>
    capped(['Family', 'Label', 'Instances', 'Called malicious', 'Rate'], rows.length, (at) => [
      <DataText text={rows[at].family} />,
      rows[at].label,
      formatCount(rows[at].instances),
      formatCount(rows[at].calledMalicious),
      formatPercent(rows[at].rate.value),
    ]),
  'family-thresholds': ({ families, positions }) =>
    capped(['Family', 'Label', 'Instances', 'Steps', 'Positions'], families.length, (at) => [
      <DataText text={families[at].family} />,
      families[at].label,
      formatCount(families[at].instances),
      formatCount(families[at].from.length),
      formatCount(positions),
    ]),
  importance: ({ features, series }) =>
    capped(['Feature', ...series.map(({ name }) => name)], features.length, (at) => [
      <DataText text={features[at]} />,
      ...series.map(({ values }) => formatNumber(values[at])),
    ]),
  'partial-dependence': ({ features }) => {
    const rows = features.flatMap(({ name, grid, average }) =>
      grid.map((value, k) => ({ name, value, mean: average[k] })),
    );
    return capped(['Feature', 'Value', 'Mean of the model'], rows.length, (at) => [
      <DataText text={rows[at].name} />,
      formatNumber(rows[at].value),
      formatNumber(rows[at].mean),
    ]);
  },
  'grid-search': ({ points, objective }) => {
    const names = Object.keys(points[0]?.params ?? {});
    return capped([...names, objective, 'Deviation', 'Chosen'], points.length, (at) => [
      ...names.map((name) => String(points[at].params[name])),
      formatShare(points[at].mean),
      formatShare(points[at].std),
      points[at].chosen ? 'yes' : '',
    ]);
  },
  race: ({ runners, objective }) =>
    capped(['Model', objective, 'Deviation', 'Standing', 'Settings'], runners.length, (at) => [
      runners[at].model,
      formatShare(runners[at].mean),
      formatShare(runners[at].std),
      runners[at].won ? 'won' : (runners[at].reason ?? runners[at].standing),
      formatCount(runners[at].tried),
    ]),
  history: ({ iterations }) =>
    capped(
      ['Iteration', 'Labels', 'Malicious', 'Benign', 'Malicious families', 'Benign families'],
      iterations.length,
      (at) => [
        formatCount(iterations[at].iteration),
        formatCount(iterations[at].labels),
        formatCount(iterations[at].malicious),
        formatCount(iterations[at].benign),
        formatCount(iterations[at].families.malicious),
        formatCount(iterations[at].families.benign),
      ],
    ),
  decay: decayTable,
  'validation-rounds': roundsTable,
  'left-out-families': ({ rows }) =>
    capped(
      [
        'Family',
        'Instances',
        'Called malicious',
        'Detected',
        'Low',
        'High',
        'When known',
        'False positives',
        'Taken out',
      ],
      rows.length,
      (at) => [
        <DataText text={rows[at].family} />,
        formatCount(rows[at].instances),
        formatCount(rows[at].calledMalicious),
        formatPercent(rows[at].recall.value),
        formatPercent(rows[at].recall.low),
        formatPercent(rows[at].recall.high),
        formatPercent(rows[at].known.value),
        formatPercent(rows[at].falsePositiveRate.value),
        formatCount(rows[at].removed),
      ],
    ),
  alerts: alertsTable,
  ...featureTables,
  'component-variance': ({ explained, cumulative, reconstructionError }) =>
    capped(['Component', 'Variance', 'Together', 'Error of rebuilding'], explained.length, (at) => [
      String(at + 1),
      formatPercent(explained[at]),
      formatPercent(cumulative[at]),
      formatNumber(reconstructionError[at]),
    ]),
  'component-features': ({ components }) => {
    const rows = components.flatMap(({ features }, c) => features.map((feature) => ({ ...feature, component: c + 1 })));
    return capped(['Component', 'Feature', 'Weight'], rows.length, (at) => [
      String(rows[at].component),
      rows[at].feature,
      formatNumber(rows[at].weight),
    ]);
  },
  hexagons: ({ hexagons }) =>
    capped(['Across', 'Upwards', 'Instances', 'Malicious', 'Benign'], hexagons.length, (at) => [
      formatNumber(hexagons[at].u),
      formatNumber(hexagons[at].v),
      formatCount(hexagons[at].instances),
      formatCount(hexagons[at].malicious),
      formatCount(hexagons[at].benign),
    ]),
  'cluster-choice': ({ by, x, y, error, chosen }) => {
    const columns = [
      by === 'neighbour-distance' ? 'Share' : 'Clusters',
      by,
      ...(error ? ['Standard error'] : []),
      'Chosen',
    ];
    return capped(columns, x.length, (at) => [
      formatNumber(x[at]),
      formatNumber(y[at]),
      ...(error ? [formatNumber(error[at])] : []),
      by !== 'neighbour-distance' && x[at] === chosen ? 'yes' : '',
    ]);
  },
  clusters: ({ clusters }) =>
    capped(['Cluster', 'Size', 'Malicious', 'Benign', 'No label', 'Silhouette'], clusters.length, (at) => [
      clusters[at].name,
      formatCount(clusters[at].size),
      formatCount(clusters[at].malicious),
      formatCount(clusters[at].benign),
      formatCount(clusters[at].unlabeled),
      formatShare(clusters[at].silhouette),
    ]),
  rejection: ({ figures }) =>
    capped(['Figure', 'Of all', 'Of the kept'], figures.length, (at) => [
      figures[at].name,
      formatShare(figures[at].all),
      formatShare(figures[at].kept),
    ]),
  reliability: ({ bins, uncalibrated }) => {
    const all = [...bins, ...(uncalibrated?.bins ?? [])];
    const which = (at: number): string[] => (uncalibrated ? [at < bins.length ? 'calibrated' : 'before'] : []);
    const columns = ['From', 'To', 'Instances', 'Mean probability', 'Share malicious'];
    return capped([...(uncalibrated ? ['Probabilities'] : []), ...columns], all.length, (at) => [
      ...which(at),
      formatNumber(all[at].low),
      formatNumber(all[at].high),
      formatCount(all[at].instances),
      formatShare(all[at].meanProbability),
      formatPercent(all[at].maliciousShare),
    ]);
  },
};

/** The data of a panel as a table. Throws for a kind that only another version of the program knows. */
export function panelTable<K extends PanelKind>(kind: K, data: PanelData<K>): ChartTable {
  if (!Object.hasOwn(tables, kind)) throw new Error(`This version of secuml does not know data of the kind “${kind}”.`);
  return tables[kind](data);
}
