import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

export interface PanelProps {
  readonly title: ComponentChildren;
  /** One line under the title: what is shown, of how many, and every cap. */
  readonly note?: ComponentChildren;
  /** Controls at the right of the title. */
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
  /** Width in a grid of panels: of 12 columns on a wide screen; all of it when narrow. */
  readonly span?: 3 | 4 | 5 | 6 | 7 | 8 | 9 | 12;
  /** The content reaches the panel's edges (tables). */
  readonly flush?: boolean;
  readonly class?: string;
}

/** A titled region: the unit that pages are made of. Put several into a `PanelGrid`. */
export function Panel({ title, note, actions, children, span = 12, flush = false, class: extra = '' }: PanelProps) {
  const id = useId();
  return (
    <section class={`panel span-${span} ${flush ? 'flush' : ''} ${extra}`} aria-labelledby={id}>
      <header class="panel-head">
        <h2 id={id}>{title}</h2>
        {actions !== undefined && <div class="panel-actions">{actions}</div>}
        {note !== undefined && <p class="panel-note">{note}</p>}
      </header>
      <div class="panel-body">{children}</div>
    </section>
  );
}

/** Panels side by side on 12 columns, stacked when narrow. */
export function PanelGrid({ children }: { readonly children: ComponentChildren }) {
  return <div class="panel-grid">{children}</div>;
}
