import { useSignal } from '@preact/signals';
import type { QueryDetailsResponse } from '../../../src/schema/api/loops.js';
import { DataText } from '../components/data-text.js';
import { SearchField } from '../components/search-field.js';
import { SimpleTable } from '../components/simple-table.js';
import { formatCount, formatNumber } from '../text/numbers.js';

type Feature = QueryDetailsResponse['features'][number];
type Standing = Feature['standings'][number];

/** Features at first; the rest on demand. */
const shownAtFirst = 25;

const groupTitles: Record<Standing['group'], string> = {
  all: 'among all',
  benign: 'among benign',
  malicious: 'among malicious',
  family: 'in the family',
};

/** What is unusual about an instance: its features by how far out their values lie, with their place in each group. */
export function QuestionFeatures({ details }: { readonly details: QueryDetailsResponse }) {
  const wanted = useSignal('');
  const all = useSignal(false);
  const text = wanted.value.toLowerCase();
  const found = details.features.filter(({ name, description }) =>
    `${name}\n${description ?? ''}`.toLowerCase().includes(text),
  );
  const shown = all.value ? found : found.slice(0, shownAtFirst);
  const groups = (['benign', 'malicious', 'family', 'all'] as const).filter((group) =>
    details.features.some(({ standings }) => standings.some((standing) => standing.group === group)),
  );
  return (
    <>
      <div class="list-controls">
        <SearchField label="Find a feature" value={wanted.value} onChange={(value) => (wanted.value = value)} />
        {found.length > shownAtFirst && (
          <button type="button" class="small" aria-pressed={all.value} onClick={() => (all.value = !all.value)}>
            {all.value ? 'The most unusual' : `All ${formatCount(found.length)}`}
          </button>
        )}
      </div>
      {details.features.length < details.featureCount && (
        <p class="panel-note">
          The {formatCount(details.features.length)} most unusual of {formatCount(details.featureCount)} features.
        </p>
      )}
      <SimpleTable<Feature>
        caption="Features, the most unusual first; places are percentiles"
        rows={shown}
        rowKey={({ name }) => name}
        columns={[
          {
            key: 'name',
            title: 'feature',
            heads: true,
            cell: ({ name, description }) => (
              <span title={description ?? undefined}>
                <DataText text={name} max={40} />
              </span>
            ),
          },
          { key: 'value', title: 'value', align: 'end' as const, cell: ({ value }) => formatNumber(value) },
          ...groups.map((group) => ({
            key: group,
            title: groupTitles[group],
            cell: ({ standings }: Feature) => <Place standing={standings.find((of) => of.group === group)} />,
          })),
        ]}
      />
    </>
  );
}

/** Where a value lies among those of a group: a mark on a line from the lowest to the highest. */
function Place({ standing }: { readonly standing: Standing | undefined }) {
  if (!standing) return <span class="quiet-text">–</span>;
  const { percentile, zScore } = standing;
  const far = percentile <= 2.5 || percentile >= 97.5;
  const z = zScore === null ? '' : `, ${formatNumber(zScore, 2)} deviations from the mean`;
  return (
    <span class={far ? 'place far' : 'place'} title={`percentile ${formatNumber(percentile, 3)}${z}`}>
      <span class="place-line" aria-hidden="true">
        <span class="place-mark" style={{ left: `${percentile}%` }} />
      </span>
      <span class="place-figure">{Math.round(percentile)}</span>
    </span>
  );
}
