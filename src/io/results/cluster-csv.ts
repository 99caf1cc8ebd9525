import type { CodedColumn, PredictionTable } from '../../schema/prediction-table.js';
import { parts } from '../../schema/vocabulary.js';
import { csvNumber, csvText } from './csv-cell.js';

interface LinedClusters extends Pick<PredictionTable, 'predicted' | 'score' | 'label' | 'family'> {
  readonly instanceId: { at(row: number): string | undefined };
  readonly ident: { at(row: number): string | undefined };
}

export const clusterCsvHeader = 'instance_id,ident,cluster,distance,label,family';

/** Are the rows those of a clustering? */
export function holdsClusters({ part }: { readonly part: CodedColumn }): boolean {
  return part.names.length === 1 && part.names[0] === parts.clusters;
}

/** The line of a row of a clustering, with its line end. */
export function clusterLine({
  instanceId,
  ident,
  predicted,
  score,
  label,
  family,
}: LinedClusters): (row: number) => string {
  const coded = ({ names, codes }: CodedColumn): ((row: number) => string) => {
    const cells = names.map(csvText);
    return (row) => cells[codes[row]] ?? '';
  };
  const [clusterOf, labelOf, familyOf] = [coded(predicted), coded(label), coded(family)];
  return (row) => {
    const identity = `${csvText(instanceId.at(row) ?? '')},${csvText(ident.at(row) ?? '')}`;
    return `${identity},${clusterOf(row)},${csvNumber(score[row])},${labelOf(row)},${familyOf(row)}\n`;
  };
}
