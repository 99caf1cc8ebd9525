/** Small things a person set once, kept by the browser where it allows that; never data. */
export const remembered = {
  get(name: 'label-set' | 'author'): string | null {
    try {
      return localStorage.getItem(`secuml-${name}`);
    } catch {
      return null;
    }
  },
  set(name: 'label-set' | 'author', value: string): void {
    try {
      localStorage.setItem(`secuml-${name}`, value);
    } catch {
      // A browser that keeps nothing asks again.
    }
  },
};
