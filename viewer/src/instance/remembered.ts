type Name = 'label-set' | 'author' | `page-${string}`;

/** Small things a person set once, kept by the browser where it allows that; never data. */
export const remembered = {
  get(name: Name): string | null {
    try {
      return localStorage.getItem(`secuml-${name}`);
    } catch {
      return null;
    }
  },
  set(name: Name, value: string): void {
    try {
      localStorage.setItem(`secuml-${name}`, value);
    } catch {
      // A browser that keeps nothing asks again.
    }
  },
};
