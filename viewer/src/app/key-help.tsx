import { Dialog } from '../components/dialog.js';
import { KeyList, type KeyText } from '../components/key-list.js';
import { keyScopes } from './keys.js';

/** What browsers and the parts of every page understand anyway. */
const everywhere: readonly KeyText[] = [
  ['Tab', 'next control, table or slider'],
  ['↑ ↓', 'move in a table; move a slider by one position'],
  ['PgUp PgDn', 'a page of a table; a twentieth of a slider'],
  ['Home End', 'first and last row, either end of a slider'],
  ['Enter', 'open the marked row'],
  ['Esc', 'close the side panel, empty a search field'],
];

const shown: Record<string, string> = { ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→', ' ': 'Space' };

/** The overview of the keys that work on this page. */
export function KeyHelp({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title="Keys" onClose={onClose}>
      {keyScopes.value.toReversed().map(({ title, bindings }) => (
        <Keys key={title} title={title} keys={bindings.map(({ key, title: what }) => [shown[key] ?? key, what])} />
      ))}
      <Keys title="Everywhere" keys={everywhere} />
    </Dialog>
  );
}

function Keys({ title, keys }: { readonly title: string; readonly keys: readonly KeyText[] }) {
  return (
    <>
      <h3>{title}</h3>
      <KeyList keys={keys} />
    </>
  );
}
