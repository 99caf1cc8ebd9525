import { counted } from '../../../errors.js';
import { cutEnd } from '../cells.js';
import { dataText } from '../data-text.js';
import { choicesFor } from '../edit-family.js';
import { type Line, lineOf, span } from '../lines.js';
import type { Pane, Screen } from '../screen.js';
import { footLines } from './foot-lines.js';
import { headLines } from './head-lines.js';
import type { Page } from './page.js';
import { identLines, questionLines } from './question-lines.js';

/** The family picker: what is typed, and the families it may mean. */
export function familyPage(screen: Screen, pane: Extract<Pane, { pane: 'family' }>): Page {
  const { seat, size, unicode } = screen;
  const choices = choicesFor(seat, pane.typed);
  const chosen = Math.min(pane.chosen, choices.length - 1);
  const typed: Line = [span('family   ', 'quiet'), span(`${dataText(pane.typed, unicode)}_`, 'title')];
  const hint = choices.length === 0 ? [lineOf('type a name: Enter makes the family', 'quiet')] : [];
  return {
    top: [...headLines(screen), ...identLines(screen, 1), ...questionLines(screen, 0), lineOf(''), typed, ...hint],
    list: {
      length: choices.length,
      mark: chosen,
      line: (k) => {
        const { label, family, instances } = choices[k];
        const marker = k === chosen ? '> ' : '  ';
        const many = instances === null ? 'new family' : counted(instances, 'instance');
        return [
          span(marker, 'title'),
          span(label.padEnd(11), label),
          span(cutEnd(dataText(family, unicode), Math.max(1, size.columns - 36)), k === chosen ? 'title' : 'plain'),
          span(`   ${many}`, 'quiet'),
        ];
      },
    },
    bottom: footLines(screen, [
      ['Enter', 'answer with this family'],
      ['up/down', 'choose'],
      ['Esc', 'back'],
    ]),
  };
}
