/** A key as it is printed on keyboards, and what it does. */
export type KeyText = readonly [key: string, what: string];

/** Keys, each with what it does. */
export function KeyList({ keys }: { readonly keys: readonly KeyText[] }) {
  return (
    <dl class="key-list">
      {keys.map(([key, what]) => (
        <div key={key}>
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{what}</dd>
        </div>
      ))}
    </dl>
  );
}
