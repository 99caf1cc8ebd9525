import type { ComponentChildren } from 'preact';
import type { ExperimentState, LabelWord } from '../../../src/schema/vocabulary.js';

/** Shapes that tell labels apart without colour. */
export const labelShapes = { malicious: '▲', benign: '●', none: '○' } as const;

/** A label: colour, shape and word. `family` and `short` as the list needs it. */
export function LabelBadge({ label, short = false }: { readonly label: LabelWord | null; readonly short?: boolean }) {
  const word = label ?? 'unlabelled';
  return (
    <span class={`badge ${label ?? 'all'}`} title={short ? word : undefined}>
      <span aria-hidden="true">{labelShapes[label ?? 'none']}</span>
      {short ? <span class="visually-hidden">{word}</span> : ` ${word}`}
    </span>
  );
}

const stateMeanings: Record<ExperimentState, { meaning: string; shape: string }> = {
  running: { meaning: 'all', shape: '◐' },
  done: { meaning: 'benign', shape: '✓' },
  failed: { meaning: 'malicious', shape: '✕' },
  interrupted: { meaning: 'uncertain', shape: '◌' },
};

/** What became of an experiment. */
export function StateBadge({ state }: { readonly state: ExperimentState }) {
  const { meaning, shape } = stateMeanings[state];
  return (
    <span class={`badge ${meaning}`}>
      <span aria-hidden="true">{shape}</span> {state}
    </span>
  );
}

/** A word in a frame: a kind, a count, a hint. */
export function Badge({ children, meaning = 'plain' }: { children: ComponentChildren; meaning?: string }) {
  return <span class={`badge ${meaning}`}>{children}</span>;
}
