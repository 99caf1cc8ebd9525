import type { ResultDocument } from '../../../src/schema/result-document.js';

/** What the results page of a kind of experiment is given. */
export interface ResultsProps {
  readonly id: string;
  readonly document: ResultDocument;
}
