import { Segments, Select } from '../components/select.js';
import { shortenMiddle, visibleText } from '../text/visible-text.js';
import { formatCount } from '../text/numbers.js';
import type { PartChoice } from './parts.js';

export interface PartBarProps {
  readonly choices: readonly PartChoice[];
  readonly part: string;
  readonly onChange: (part: string) => void;
}

/** More than these do not stand side by side. */
const mostSegments = 4;

/** Which rows the page speaks of. */
export function PartBar({ choices, part, onChange }: PartBarProps) {
  const chosen = choices.find((choice) => choice.part === part);
  const listed = choices.map(({ part: value, title, instances }) => ({
    value,
    title: `${shortenMiddle(visibleText(title), 40)}${instances === null ? '' : ` (${formatCount(instances)})`}`,
  }));
  const props = { label: 'Part', value: part, choices: listed, onChange };
  return (
    <div class="part-bar">
      {choices.length > mostSegments ? <Select {...props} /> : <Segments {...props} />}
      <p class="muted">{chosen?.meaning}</p>
    </div>
  );
}
