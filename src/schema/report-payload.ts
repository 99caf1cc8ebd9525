import type { ExperimentPage } from './api/experiments.js';
import type { FeaturePage, FeatureSummary, Instance, NearestInstances } from './api/instance.js';

/** A column of few distinct words, as JSON holds it: row i says `names[codes[i]]`, -1 stands for an empty cell. */
export interface PayloadCodedColumn {
  readonly names: readonly string[];
  readonly codes: readonly number[];
}

/** The predictions that a report keeps, column by column; null for an undefined number. Texts are hostile. */
export interface PayloadRows {
  readonly instanceId: readonly string[];
  readonly ident: readonly string[];
  readonly part: PayloadCodedColumn;
  readonly fold: readonly number[];
  readonly label: PayloadCodedColumn;
  readonly family: PayloadCodedColumn;
  readonly probability: readonly (number | null)[];
  readonly score: readonly (number | null)[];
  readonly predicted: PayloadCodedColumn;
  readonly rank: readonly number[];
  readonly credibility?: readonly (number | null)[];
  readonly rejected?: PayloadCodedColumn;
  /** Of a projection: by component, the first ten, to six digits. */
  readonly coordinates?: readonly (readonly number[])[];
  /** With `coordinates`: smallest and largest of all rows, exactly. */
  readonly coordinateRanges?: readonly (readonly [number, number])[];
}

/** How a list was shortened, in plain words. */
export interface Cap {
  readonly kept: number;
  readonly of: number;
  readonly why: string;
}

/** What a single-file report knows of one instance. */
export interface PayloadInstance {
  readonly instance: Instance;
  /** The most telling features of the instance, in every order asked for. */
  readonly features: FeaturePage['features'];
  /** Null where there are none to hold it against, as without the features that the model learned from. */
  readonly nearest: NearestInstances | null;
}

/** Everything inside a single-file report; written and read by the same version of the program. */
export interface ReportPayload {
  /** The document's panels all have their data at hand here. */
  readonly page: ExperimentPage;
  readonly rows: PayloadRows | null;
  readonly rowsCap: Cap | null;
  /** Statistics of the best-ranked features, by index. */
  readonly features: readonly FeatureSummary[];
  readonly instances: readonly PayloadInstance[];
  /** What was left out to keep the file small: plain sentences. */
  readonly caps: readonly string[];
}

/** The element of the page that holds the payload: JSON, compressed with gzip, in base64. */
export const payloadElementId = 'secuml-report';
