import { Shell } from '../app/shell.js';

/** Two or more experiments side by side. */
export function ComparePage() {
  return (
    <Shell title="Compare" crumbs={[{ title: 'Compare' }]}>
      <h1>Compare</h1>
    </Shell>
  );
}
