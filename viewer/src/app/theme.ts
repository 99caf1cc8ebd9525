import { effect, signal } from '@preact/signals';

/** Light, dark, or as the system says. */
export const themes = ['system', 'light', 'dark'] as const;

export type Theme = (typeof themes)[number];

const storageKey = 'secuml.theme';

/** The person's choice, kept by the browser. */
export const theme = signal<Theme>(kept());

/** Puts the choice on the page, now and whenever it changes; the colours themselves are in tokens.css. */
export function applyTheme(): void {
  effect(() => {
    if (theme.value === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme.value;
    try {
      if (theme.value === 'system') localStorage.removeItem(storageKey);
      else localStorage.setItem(storageKey, theme.value);
    } catch {
      // A browser that keeps nothing still shows the choice.
    }
  });
}

function kept(): Theme {
  try {
    const word = localStorage.getItem(storageKey);
    return themes.find((known) => known === word) ?? 'system';
  } catch {
    return 'system';
  }
}
