import type { ComponentType } from 'preact';
import type { ExperimentKind } from '../../../src/schema/vocabulary.js';
import { ClassificationPage } from '../classification/classification-page.js';
import { ClusteringPage } from '../clustering/clustering-page.js';
import { LoopResultPage } from '../labelling/loop-result-page.js';
import { ProjectionPage } from '../projection/projection-page.js';
import { StatisticsPage } from '../statistics/statistics-page.js';
import type { ResultsProps } from './results-props.js';

/** What each kind of experiment is shown by. A kind without a page does not compile. */
export const resultsPages: Record<ExperimentKind, ComponentType<ResultsProps>> = {
  classify: ClassificationPage,
  'active-learning': LoopResultPage,
  'rare-categories': LoopResultPage,
  stats: StatisticsPage,
  cluster: ClusteringPage,
  projection: ProjectionPage,
};
