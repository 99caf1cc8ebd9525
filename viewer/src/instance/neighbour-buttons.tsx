import type { RowNeighbours } from '../../../src/schema/api/rows.js';
import { useKeys } from '../app/keys.js';
import { formatCount } from '../text/numbers.js';

export interface NeighbourButtonsProps {
  /** Null while they are on their way. */
  readonly neighbours: RowNeighbours | null;
  /** To the next one (1), or the previous one (-1). */
  readonly onStep: (step: 1 | -1) => void;
}

/** Leads through the list that an instance was opened from, by button or key, and says where in it one is. */
export function NeighbourButtons({ neighbours, onStep }: NeighbourButtonsProps) {
  useKeys('Instances', [
    { key: 'j', title: 'next instance of the list', run: () => onStep(1) },
    { key: 'k', title: 'previous instance of the list', run: () => onStep(-1) },
  ]);
  return (
    <div class="neighbour-buttons" role="group" aria-label="Instances of the list">
      <span class="muted" role="status">
        {neighbours !== null && placeText(neighbours)}
      </span>
      <button
        type="button"
        disabled={neighbours?.previous === null}
        title="Previous instance of the list (k)"
        aria-label="Previous instance of the list"
        onClick={() => onStep(-1)}
      >
        ‹
      </button>
      <button
        type="button"
        disabled={neighbours?.next === null}
        title="Next instance of the list (j)"
        aria-label="Next instance of the list"
        onClick={() => onStep(1)}
      >
        ›
      </button>
    </div>
  );
}

function placeText({ place, total }: Pick<RowNeighbours, 'place' | 'total'>): string {
  return place === null ? 'not in the list' : `${formatCount(place + 1)} of ${formatCount(total)}`;
}
