import { render } from 'preact';
import type { Source } from '../source/source.js';
import { createRouter } from './address.js';
import { App } from './app.js';
import { listenForKeys } from './keys.js';
import { fetchPagesAhead } from './lazy-page.js';
import { applyTheme } from './theme.js';

/** Draws the application into `#app`. */
export function start(source: Source): void {
  const root = document.querySelector('#app');
  if (root === null) throw new Error('the page has no element #app');
  applyTheme();
  listenForKeys();
  fetchPagesAhead();
  render(<App source={source} router={createRouter(source.live ? 'path' : 'fragment')} />, root);
}
