import { useSignal } from '@preact/signals';
import { shortenMiddle, visibleText } from '../text/visible-text.js';

export interface DataTextProps {
  /** Hostile: from idents, families, feature names, mails. */
  readonly text: string;
  /** Characters shown before the middle is left out; 80 by default. */
  readonly max?: number;
  /** Offers a button that shows all of a long text; without it the hover text shows its first 1,000 characters. */
  readonly expandable?: boolean;
  readonly mono?: boolean;
}

/** From this length on, a narrow column may have cut the text: hovering shows it. */
const hoverFrom = 14;

/** Text of the data, as text: isolated from its surroundings, invisible characters shown, the middle cut when long. */
export function DataText({ text, max = 80, expandable = false, mono = false }: DataTextProps) {
  const whole = useSignal(false);
  const shown = visibleText(text);
  const short = shortenMiddle(shown, max);
  const cut = short !== shown;
  return (
    <span class={`data-text ${mono ? 'mono' : ''} ${whole.value ? 'whole' : ''}`}>
      <bdi dir="auto" title={!expandable && shown.length > hoverFrom ? shortenMiddle(shown, 1000) : undefined}>
        {whole.value ? shown : short}
      </bdi>
      {cut && expandable && (
        <button type="button" class="quiet small" onClick={() => (whole.value = !whole.value)}>
          {whole.value ? 'shorten' : `all ${shown.length.toLocaleString('en-US')} characters`}
        </button>
      )}
    </span>
  );
}
