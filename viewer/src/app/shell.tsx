import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { Segments } from '../components/select.js';
import { useSource } from './context.js';
import { KeyHelp } from './key-help.js';
import { useKeys } from './keys.js';
import { Link } from './link.js';
import { homePath } from './routes.js';
import { theme, themes } from './theme.js';

export interface Crumb {
  readonly title: ComponentChildren;
  /** None for the page one is on. */
  readonly to?: string;
}

export interface ShellProps {
  /** For the browser's tab and history. */
  readonly title: string;
  readonly crumbs: readonly Crumb[];
  readonly children: ComponentChildren;
}

const themeTitles = { system: 'Auto', light: 'Light', dark: 'Dark' } as const;

/** What every page stands in: the name, where one is, the theme, the keys. */
export function Shell({ title, crumbs, children }: ShellProps) {
  const { live } = useSource();
  const helping = useSignal(false);
  useEffect(() => {
    document.title = `${title} · secuml`;
  }, [title]);
  useKeys('Pages', [
    { key: '?', title: 'this overview', run: () => (helping.value = true) },
    { key: '/', title: 'search', run: () => document.querySelector<HTMLInputElement>('input[type=search]')?.focus() },
  ]);
  return (
    <>
      <a class="skip-link" href="#content" onClick={skip}>
        Skip to the content
      </a>
      <header class="app-head">
        {live ? (
          <Link to={homePath} class="app-name">
            secuml
          </Link>
        ) : (
          <span class="app-name">secuml</span>
        )}
        <nav aria-label="Where you are" class="crumbs">
          <ol>
            {crumbs.map(({ title: crumb, to }, index) => (
              <li key={index}>{to === undefined || !live ? <span>{crumb}</span> : <Link to={to}>{crumb}</Link>}</li>
            ))}
          </ol>
        </nav>
        <div class="app-tools">
          <Segments
            label="Colours"
            value={theme.value}
            choices={themes.map((value) => ({ value, title: themeTitles[value] }))}
            onChange={(value) => (theme.value = value)}
          />
          <button type="button" class="quiet" aria-label="Keys" title="Keys (?)" onClick={() => (helping.value = true)}>
            <kbd>?</kbd>
          </button>
        </div>
      </header>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
      {helping.value && <KeyHelp onClose={() => (helping.value = false)} />}
    </>
  );
}

/** In a single file the fragment is the address of the page: it is not to change. */
function skip(event: Event): void {
  event.preventDefault();
  document.querySelector<HTMLElement>('#content')?.focus();
}
