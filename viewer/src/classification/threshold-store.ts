import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import { nearestIndex } from '../components/nearest-index.js';
import { type Counts, countsAt, decisionPosition, type ThresholdTable } from './figures/threshold-table.js';
import type { PageStore } from './page-store.js';

/** The one threshold of the page, on the positions of a part's table. */
export interface Threshold {
  readonly table: ThresholdTable;
  /** Moves with the drag, at every frame: charts and figures follow it. */
  readonly position: ReadonlySignal<number>;
  readonly counts: ReadonlySignal<Counts>;
  readonly value: ReadonlySignal<number>;
  /** The value where the drag has come to rest: lists follow it. */
  readonly settled: ReadonlySignal<number>;
  moveTo(position: number): void;
  dispose(): void;
}

/** So long a threshold must rest before lists are asked for again and the address is changed. */
const restMilliseconds = 180;

export function createThreshold(store: PageStore, table: ThresholdTable): Threshold {
  const chosen = store.select((state) => state.threshold);
  const decided = decisionPosition(table);
  const positionOf = (threshold: number | null): number =>
    threshold === null ? decided : nearestIndex(table.thresholds, threshold);
  const position = signal(positionOf(chosen.peek()));
  const settledPosition = computed(() => positionOf(chosen.value));
  let resting: ReturnType<typeof setTimeout> | undefined;
  const stop = effect(() => {
    // A link, the back button or another page of the history moved it.
    clearTimeout(resting);
    position.value = settledPosition.value;
  });
  return {
    table,
    position,
    counts: computed(() => countsAt(table, position.value)),
    value: computed(() => table.thresholds[position.value]),
    settled: computed(() => table.thresholds[settledPosition.value]),
    moveTo(to) {
      const next = Math.min(table.thresholds.length - 1, Math.max(0, Math.round(to)));
      if (next === position.peek()) return;
      position.value = next;
      clearTimeout(resting);
      resting = setTimeout(
        () => store.change({ threshold: next === decided ? null : table.thresholds[next] }),
        restMilliseconds,
      );
    },
    dispose() {
      clearTimeout(resting);
      stop();
    },
  };
}
