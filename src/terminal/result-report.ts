import type { AnyPanel, ResultDocument } from '../schema/result-document.js';
import type { ExperimentKind } from '../schema/vocabulary.js';
import { classificationReport } from './classification-report.js';
import { clusteringReport } from './clustering-report.js';
import { labellingReport } from './labelling-report.js';
import { projectionReport } from './projection-report.js';
import { statisticsReport } from './statistics-report.js';
import type { Style } from './style.js';

type Report = (document: ResultDocument, panels: readonly AnyPanel[], style: Style) => string;

/** A loop's story, and beneath it the model of its last iteration. */
const loopReport: Report = (document, panels, style) =>
  `${labellingReport(document, panels, style)}${panels.some(({ kind }) => kind === 'indicators') ? `\n${classificationReport(document, panels, style)}` : ''}`;

/** What a terminal shows of each kind of experiment. A kind that is missing here does not compile. */
const reports: Record<ExperimentKind, Report> = {
  classify: classificationReport,
  'active-learning': loopReport,
  'rare-categories': loopReport,
  stats: statisticsReport,
  cluster: clusteringReport,
  projection: projectionReport,
};

/** A result for people. */
export const resultReport: Report = (document, panels, style) => reports[document.kind](document, panels, style);
