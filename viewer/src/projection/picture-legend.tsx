import { LabelBadge } from '../components/badge.js';
import { DataText } from '../components/data-text.js';
import type { MarkedFamily } from './hexagon-colours.js';
import type { Colouring } from './projection-state.js';

/** What the colours of the hexagons mean. */
export function PictureLegend({ colouring, marked }: { colouring: Colouring; marked: readonly MarkedFamily[] }) {
  return (
    <div class="hexagon-legend muted">
      {colouring === 'label' && (
        <>
          <span class="legend-family">
            <Swatch class="malicious" /> malicious
          </span>
          <span class="legend-family">
            <Swatch class="benign" /> benign
          </span>
          <span class="legend-family">
            <Swatch class="mixed" text="–" /> both, by their share
          </span>
          <span class="legend-family">
            <Swatch class="all" /> no label
          </span>
        </>
      )}
      {colouring === 'family' &&
        (marked.length === 0 ? (
          'No instance has a family.'
        ) : (
          <>
            {marked.map(({ family, label, mark, colour }) => (
              <span key={mark} class="legend-family">
                <Swatch class={colour} text={mark} /> <LabelBadge label={label} short />{' '}
                <DataText text={family} max={28} />
              </span>
            ))}
            <span class="legend-family">
              <Swatch class="other" /> another
            </span>
            <span class="legend-family">
              <Swatch class="nameless" /> none
            </span>
          </>
        ))}
      {colouring === 'density' ? (
        <>the darker the more instances, by the logarithm of their number</>
      ) : (
        <span class="legend-size">
          {colouring === 'family' ? 'The family that a hexagon holds most of; the' : 'The'} larger the more instances
        </span>
      )}
    </div>
  );
}

function Swatch({ class: meaning, text = '' }: { readonly class: string; readonly text?: string }) {
  return (
    <span class={`swatch ${meaning}`} aria-hidden="true">
      {text}
    </span>
  );
}
