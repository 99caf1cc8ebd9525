import { useEffect, useState } from 'preact/hooks';

/** Something asked for: on its way, there, or failed. */
export type Loaded<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'there'; readonly value: T; readonly again: () => void }
  | { readonly state: 'failed'; readonly error: unknown; readonly again: () => void };

/**
 * What `load` promises, asked for again whenever an item of `inputs` changes; an answer that was overtaken is dropped.
 * `keep`: the last value stays on show while the next one is on its way.
 */
export function useLoaded<T>(load: () => Promise<T>, inputs: readonly unknown[], { keep = false } = {}): Loaded<T> {
  const [times, setTimes] = useState(0);
  const [loaded, setLoaded] = useState<Loaded<T>>({ state: 'loading' });
  useEffect(() => {
    let overtaken = false;
    const again = (): void => setTimes((count) => count + 1);
    setLoaded((before) => (keep && before.state === 'there' ? before : { state: 'loading' }));
    load().then(
      (value) => overtaken || setLoaded({ state: 'there', value, again }),
      (error: unknown) => overtaken || setLoaded({ state: 'failed', error, again }),
    );
    return () => {
      overtaken = true;
    };
  }, [...inputs, times]);
  return loaded;
}
