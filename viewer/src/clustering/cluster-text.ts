import type { PanelData } from '../../../src/schema/panels/registry.js';

export type Cluster = PanelData<'clusters'>['clusters'][number];

/** The same word as in `src/schema/vocabulary.ts`, told in words. */
export const clusterTitle = (name: string): string => (name === 'noise' ? 'In no cluster' : `Cluster ${name}`);
