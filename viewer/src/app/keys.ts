import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';

/** A key that does something on the page. */
export interface KeyBinding {
  /** As KeyboardEvent.key says it: `j`, `?`, `ArrowDown`. */
  readonly key: string;
  /** What it does, for the overview. */
  readonly title: string;
  readonly run: () => void;
}

export interface KeyScope {
  readonly title: string;
  readonly bindings: readonly KeyBinding[];
}

/** The scopes on the page, the innermost last. */
export const keyScopes = signal<readonly KeyScope[]>([]);

/**
 * Makes keys work while the component is on the page, and lists them in the overview (`?`). The innermost scope wins.
 * Keys typed into a field stay with the field; keys with Ctrl, Alt or Meta stay with the browser.
 */
export function useKeys(title: string, bindings: readonly KeyBinding[]): void {
  const latest = useRef(bindings);
  latest.current = bindings;
  const listed = bindings.map((binding) => `${binding.key} ${binding.title}`).join('\n');
  useEffect(() => {
    const scope: KeyScope = {
      title,
      bindings: latest.current.map(({ key, title: what }, index) => ({
        key,
        title: what,
        run: () => latest.current[index]?.run(),
      })),
    };
    keyScopes.value = [...keyScopes.peek(), scope];
    return () => {
      keyScopes.value = keyScopes.peek().filter((other) => other !== scope);
    };
  }, [title, listed]);
}

/** Listens for the keys of all scopes. Called once. */
export function listenForKeys(): void {
  addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
    if (document.querySelector('dialog[open]') !== null) return;
    for (const { bindings } of keyScopes.value.toReversed()) {
      const binding = bindings.find(({ key }) => key === event.key);
      if (binding === undefined) continue;
      event.preventDefault();
      binding.run();
      return;
    }
  });
}

/** In a field that takes letters, or on a slider or list that takes arrows. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input:not([type=checkbox], [type=radio]), select, textarea'))
  );
}
