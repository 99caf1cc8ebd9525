import { useState } from 'preact/hooks';
import { type Box, drawBoxes } from '../charts/box-drawing.js';
import { drawDensities } from '../charts/density-drawing.js';
import { drawHistogram } from '../charts/histogram-drawing.js';
import { ChartFrame } from '../components/chart-frame.js';
import { Select } from '../components/select.js';
import { formatCount, formatNumber } from '../text/numbers.js';
import { shortenMiddle, visibleText } from '../text/visible-text.js';
import type { FeatureDetails } from './feature-rows.js';

type Group = FeatureDetails['groups'][number];

/** So many groups share one histogram; of more, one is chosen. */
const mostTogether = 3;

export interface FeatureChartsProps {
  readonly name: string;
  readonly binary: boolean;
  readonly details: FeatureDetails;
}

/** Histogram, densities and boxes of a feature by group. */
export function FeatureCharts({ name, binary, details }: FeatureChartsProps) {
  const { groups, edges, densityRange } = details;
  const together = groups.length <= mostTogether;
  const [chosen, setChosen] = useState(0);
  const shown = together ? groups : groups.filter((_, k) => k === chosen || k === (chosen === 0 ? 1 : 0));
  const short = name.slice(0, 80);
  return (
    <>
      {!together && (
        <Select
          label="Group"
          value={String(chosen)}
          choices={groups.map((group, k) => ({
            value: String(k),
            title: `${shortenMiddle(visibleText(group.name), 40)} (${group.label})`,
          }))}
          onChange={(value) => setChosen(Number(value))}
        />
      )}
      <Histogram name={short} edges={edges} groups={shown} />
      {!binary && <Densities name={short} range={densityRange} groups={shown} />}
      {!binary && <Boxes name={short} range={densityRange} groups={groups} />}
    </>
  );
}

const colorOf = (group: Group): string => (group.label === 'unlabeled' ? 'var(--all)' : `var(--${group.label})`);
const isHatched = (group: Group, among: readonly Group[]): boolean =>
  group.label === 'benign' ||
  among.some((other) => other !== group && other.label === group.label && among.indexOf(other) < among.indexOf(group));

interface ChartProps {
  readonly name: string;
  readonly groups: readonly Group[];
}

function Histogram({ name, edges, groups }: ChartProps & { readonly edges: readonly number[] }) {
  if (edges.length < 2) return null;
  const drawn = groups.map((group) => ({
    name: shortenMiddle(visibleText(group.name), 30),
    counts: group.counts,
    color: colorOf(group),
    hatched: isHatched(group, groups),
  }));
  return (
    <ChartFrame
      summary={`Histogram of ${name} by group`}
      height={200}
      inputs={[edges, groups]}
      draw={(size) =>
        drawHistogram({
          ...size,
          edges,
          groups: drawn,
          bars: 'log',
          xLabel: 'value',
          yLabel: 'instances (log scale)',
          even: true,
        })
      }
      table={() => ({
        columns: ['from', 'to', ...drawn.map((group) => group.name)],
        rows: edges
          .slice(1)
          .map((end, bin) => [
            formatNumber(edges[bin]),
            formatNumber(end),
            ...drawn.map(({ counts }) => formatCount(counts[bin])),
          ]),
      })}
      legend={groups.map((group, k) => (
        <span key={`${k} ${group.name}`} class="legend-entry">
          <span
            class={`legend-bar ${group.label === 'unlabeled' ? 'all' : group.label} ${drawn[k].hatched ? 'hatched' : ''}`}
            aria-hidden="true"
          />{' '}
          {drawn[k].name}
        </span>
      ))}
    />
  );
}

function Densities({ name, range, groups }: ChartProps & { readonly range: readonly number[] }) {
  const curves = groups.flatMap((group) =>
    group.density === null
      ? []
      : [
          {
            name: shortenMiddle(visibleText(group.name), 30),
            values: group.density,
            color: colorOf(group),
            dashed: isHatched(group, groups),
          },
        ],
  );
  if (curves.length === 0) return null;
  return (
    <ChartFrame
      summary={`Smooth density of ${name} by group`}
      height={180}
      inputs={[range, groups]}
      draw={(size) => drawDensities({ ...size, range, curves, xLabel: 'value' })}
      table={() => ({
        columns: ['value', ...curves.map((curve) => curve.name)],
        rows: curves[0].values.map((_, k) => [
          formatNumber(range[0] + ((range[1] - range[0]) * k) / (curves[0].values.length - 1)),
          ...curves.map(({ values }) => formatNumber(values[k], 3)),
        ]),
      })}
      legend={<span>smoothed, each group of area 1; benign dashed</span>}
    />
  );
}

function Boxes({ name, range, groups }: ChartProps & { readonly range: readonly number[] }) {
  const boxes = groups.flatMap((group): Box[] => {
    const { percentiles, whiskers, mean, min, max } = group;
    const [lower, median, upper] = [percentiles[2], percentiles[3], percentiles[4]];
    if (lower === null || median === null || upper === null || mean === null || min === null || max === null) return [];
    const [low, high] = whiskers;
    return [
      {
        name: group.name,
        color: colorOf(group),
        lower,
        median,
        upper,
        low: low ?? lower,
        high: high ?? upper,
        mean,
        min,
        max,
      },
    ];
  });
  if (boxes.length === 0) return null;
  return (
    <ChartFrame
      summary={`Box plots of ${name} by group`}
      height={70 + 30 * boxes.length}
      inputs={[range, groups]}
      draw={(size) => drawBoxes({ ...size, boxes, range, xLabel: 'value' })}
      table={() => ({
        columns: ['group', 'smallest', 'whisker', '25 %', 'median', '75 %', 'whisker', 'largest', 'mean'],
        rows: boxes.map((box) => [
          shortenMiddle(visibleText(box.name), 40),
          ...[box.min, box.low, box.lower, box.median, box.upper, box.high, box.max, box.mean].map((value) =>
            formatNumber(value),
          ),
        ]),
      })}
      legend={<span>box: the middle half; bar: median; ring: mean; whiskers: 1.5 interquartile ranges at most</span>}
    />
  );
}
