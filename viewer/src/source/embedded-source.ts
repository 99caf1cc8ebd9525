import type { FeatureOrder } from '../../../src/schema/api/instance.js';
import type { Panel } from '../../../src/schema/result-document.js';
import type { ReportPayload } from '../../../src/schema/report-payload.js';
import { embeddedPayload } from './embedded-payload.js';
import { type EmbeddedRows, embeddedRows } from './embedded-rows.js';
import type { Source } from './source.js';

/** The source of a single-file report: everything is in the file, and what is not there says so. */
export function embeddedSource(): Source {
  let read: Promise<ReportPayload> | undefined;
  const payload = (): Promise<ReportPayload> => (read ??= embeddedPayload());
  let indexed: Promise<EmbeddedRows | null> | undefined;
  const rows = (): Promise<EmbeddedRows | null> => (indexed ??= payload().then(embeddedRows));
  const onlyServed = async (what: string): Promise<never> => {
    throw new Error(`A single-file report has no ${what}: “secuml serve” shows it.`);
  };
  return {
    live: false,
    home: async () => {
      const { page } = await payload();
      const { project, dataset } = page.summary;
      return {
        program: page.document?.run.program ?? 'secuml',
        outputDir: '',
        inputDir: '',
        datasets: [{ project, dataset }],
        experiments: [page.summary],
      };
    },
    experiment: async () => {
      const { page, caps } = await payload();
      return { ...page, keeps: [...caps] };
    },
    compare: () => onlyServed('other experiments'),
    panel: async (_id, panel: Panel & { data?: unknown }) => panel.data as never,
    rows: async (_id, query) => (await rows())?.page(query) ?? onlyServed('list of instances'),
    count: async (_id, filter) => (await rows())?.count(filter) ?? onlyServed('list of instances'),
    groups: async (_id, filter) => (await rows())?.groups(filter) ?? onlyServed('list of instances'),
    hexagons: async (_id, query) => (await rows())?.hexagons(query) ?? null,
    neighbours: async (_id, query) => (await rows())?.neighbours(query) ?? onlyServed('list of instances'),
    instance: async (_id, instanceId) => (await kept(await payload(), instanceId)).instance,
    instanceFeatures: async (_id, instanceId, query) => {
      const { features, instance } = await kept(await payload(), instanceId);
      const text = query.text?.toLowerCase() ?? '';
      const found = features.filter(
        ({ name, index }) => name.toLowerCase().includes(text) && (query.index === undefined || query.index === index),
      );
      const sorted = sortFeatures(found, query.order ?? 'benign');
      const offset = query.offset ?? 0;
      const { featureCount } = instance;
      const why = 'the most telling ones, to keep the file small';
      const cap = features.length < featureCount ? { cap: { kept: features.length, of: featureCount, why } } : {};
      return { ...cap, total: sorted.length, features: sorted.slice(offset, offset + (query.limit ?? 100)) };
    },
    nearestInstances: async (_id, instanceId) =>
      (await kept(await payload(), instanceId)).nearest ?? onlyServed('list of nearest instances'),
    instanceView: () => onlyServed('view of the original'),
    feature: async (_id, index) => {
      const feature = (await payload()).features.find((summary) => summary.index === index);
      return feature ?? onlyServed('statistics of this feature');
    },
    labelSets: async () => [],
    labelHistory: () => onlyServed('labels'),
    labelSetList: async () => ({ sets: [] }),
    labelSetPage: () => onlyServed('labels'),
    labelledInstances: () => onlyServed('labels'),
    previewOperation: () => onlyServed('labels'),
    operate: () => onlyServed('labels'),
    labelsDownload: () => null,
    answer: () => onlyServed('labels'),
    loop: () => onlyServed('labelling loop'),
    loopQuery: () => onlyServed('labelling loop'),
    loopAnswer: () => onlyServed('labelling loop'),
    loopPass: () => onlyServed('labelling loop'),
    loopUndo: () => onlyServed('labelling loop'),
    loopNext: () => onlyServed('labelling loop'),
    loopWriteResult: () => onlyServed('labelling loop'),
    loopModel: () => onlyServed('labelling loop'),
    loopModelRows: () => onlyServed('labelling loop'),
    loopModelCount: () => onlyServed('labelling loop'),
    loopModelNeighbours: () => onlyServed('labelling loop'),
    download: () => null,
  };
}

async function kept({ instances }: ReportPayload, instanceId: string) {
  const found = instances.find(({ instance }) => instance.instanceId === instanceId);
  if (found === undefined) throw new Error('A single-file report keeps some instances: this one is not among them.');
  return found;
}

type Features = ReportPayload['instances'][number]['features'];

function sortFeatures(features: Features, order: FeatureOrder): Features {
  const size: Record<FeatureOrder, (feature: Features[number]) => number> = {
    contribution: ({ contribution }) => -Math.abs(contribution ?? 0),
    benign: ({ standings }) => -(standings.benign?.unusualness ?? 0),
    malicious: ({ standings }) => -(standings.malicious?.unusualness ?? 0),
    family: ({ standings }) => -(standings.family?.unusualness ?? 0),
    name: () => 0,
    index: ({ index }) => index,
  };
  const key = size[order];
  return features.toSorted((a, b) => key(a) - key(b) || (a.name < b.name ? -1 : 1));
}
