import { KeyList } from '../components/key-list.js';
import type { Choice } from '../components/select.js';
import { Segments } from '../components/select.js';
import type { Tool } from './hexagon-chart.js';
import { keyTexts } from './hexagon-keys.js';
import type { Colouring } from './projection-state.js';

export interface PictureToolsProps {
  readonly tool: Tool;
  readonly onTool: (tool: Tool) => void;
  readonly colouring: Colouring;
  readonly onColouring: (colouring: Colouring) => void;
  readonly onCloser: () => void;
  /** Null where there is nothing farther, or no view before. */
  readonly onFarther: (() => void) | null;
  readonly onBack: (() => void) | null;
  readonly onWhole: (() => void) | null;
}

const tools: readonly Choice<Tool>[] = [
  { value: 'move', title: 'Move' },
  { value: 'rectangle', title: 'Rectangle' },
  { value: 'lasso', title: 'Lasso' },
];

const colours: readonly Choice<Colouring>[] = [
  { value: 'label', title: 'Labels' },
  { value: 'family', title: 'Families' },
  { value: 'density', title: 'Density' },
];

/** What dragging does, what colours mean, how near the picture is. */
export function PictureTools(props: PictureToolsProps) {
  const { tool, onTool, colouring, onColouring, onCloser, onFarther, onBack, onWhole } = props;
  return (
    <div class="picture-tools">
      <Labelled title="Colour">
        <Segments label="What the colours mean" value={colouring} choices={colours} onChange={onColouring} />
      </Labelled>
      <Labelled title="Drag to">
        <Segments label="What dragging does" value={tool} choices={tools} onChange={onTool} />
      </Labelled>
      <div class="picture-zoom" role="group" aria-label="Zoom">
        <Step title="Closer" run={onCloser} />
        <Step title="Farther" run={onFarther} />
        <Step title="Back" run={onBack} />
        <Step title="All" run={onWhole} />
      </div>
    </div>
  );
}

function Labelled({ title, children }: { readonly title: string; readonly children: preact.ComponentChildren }) {
  return (
    <span class="labelled-tool">
      <span class="field-label" aria-hidden="true">
        {title}
      </span>
      {children}
    </span>
  );
}

function Step({ title, run }: { readonly title: string; readonly run: (() => void) | null }) {
  return (
    <button type="button" class="small" aria-disabled={run === null} onClick={() => run?.()}>
      {title}
    </button>
  );
}

/** The keys of the picture, for who asks. */
export function PictureKeys() {
  return (
    <details class="picture-keys">
      <summary>Keys in the picture</summary>
      <KeyList keys={keyTexts} />
    </details>
  );
}
