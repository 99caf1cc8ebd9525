import type { Instance } from '../../../src/schema/api/instance.js';
import { Notice } from '../components/notice.js';
import { formatNumber } from '../text/numbers.js';

/** How the model comes to its value, in a sentence; or why that is not known; and what has changed since. */
export function InstanceReasons({ instance }: { readonly instance: Instance }) {
  const { explanation, noExplanation, notes = [] } = instance;
  return (
    <>
      {notes.map((note) => (
        <Notice key={note} kind="warning">
          {note}
        </Notice>
      ))}
      {explanation === null ? (
        <p class="muted">No contributions: {noExplanation ?? 'the model gives none'}.</p>
      ) : (
        <p>
          The model starts at <strong>{formatNumber(explanation.base)}</strong> and its features move it to{' '}
          <strong>{formatNumber(explanation.total)}</strong> ({outputWords[explanation.output]}
          {explanation.beforeCalibration && ', before calibration turned it into the probability that is listed'}).
        </p>
      )}
    </>
  );
}

const outputWords = {
  score: 'its decision value: above 0 speaks for malicious',
  probability: 'the probability of being malicious',
} as const;
