import './styles/all.css';
import { experimentPath } from './app/routes.js';
import { start } from './app/start.js';
import { embeddedSource } from './source/embedded-source.js';

/** A report is about one experiment: it opens there, unless its address says more. */
async function open(): Promise<void> {
  const source = embeddedSource();
  if (location.hash === '') {
    const { experiments } = await source.home();
    history.replaceState(null, '', `#${experimentPath(experiments[0].id)}`);
  }
  start(source);
}

open().catch((error: unknown) => {
  const told = error instanceof Error ? error.message : String(error);
  document.querySelector('#app')?.append(`This report cannot be shown. ${told}`);
});
