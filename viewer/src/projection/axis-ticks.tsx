import { numberTick } from '../charts/axis-text.js';
import type { HexagonPicture } from './hexagon-colours.js';
import { flatness, type View } from './picture-view.js';

export interface AxisTicksProps {
  readonly picture: HexagonPicture;
  readonly view: View;
  /** Widths of hexagons of a pixel; 0 where that is not known yet. */
  readonly unit: number;
}

/** The values of both components along the rims of the picture. */
export function AxisTicks({ picture, view, unit }: AxisTicksProps) {
  if (unit === 0) return null;
  const { x, y, xRange, yRange } = picture;
  const height = view.width * flatness;
  const [unitX, unitY] = picture.unit;
  const font = { fontSize: `${11 * unit}px`, strokeWidth: `${3 * unit}px` };
  const many = Math.max(2, Math.floor(view.width / unit / 110));
  const bottom = -view.v - 5 * unit;
  const left = view.u + 5 * unit;
  const across = ticksBetween(xRange[0] + view.u * unitX, xRange[0] + (view.u + view.width) * unitX, many);
  const upwards = ticksBetween(yRange[0] + view.v * unitY, yRange[0] + (view.v + height) * unitY, many);
  return (
    <g class="ticks" aria-hidden="true">
      {across.map((value) => (
        <text key={value} x={(value - xRange[0]) / unitX} y={bottom} style={font} class="across">
          {numberTick(value)}
        </text>
      ))}
      <text x={view.u + view.width - 5 * unit} y={bottom} style={font} class="name across-name">
        component {x} →
      </text>
      {y !== x && (
        <>
          {upwards.map((value) => (
            <text key={value} x={left} y={-(value - yRange[0]) / unitY} style={font} class="upwards">
              {numberTick(value)}
            </text>
          ))}
          <text x={left} y={-(view.v + height) + 15 * unit} style={font} class="name">
            ↑ component {y}
          </text>
        </>
      )}
    </g>
  );
}

/** Round values strictly inside of a range, some `count` of them; none near its ends, where the names stand. */
export function ticksBetween(low: number, high: number, count: number): number[] {
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((times) => times * power >= 0.7 * rough) ?? 10) * power;
  const margin = 0.06 * (high - low);
  const ticks: number[] = [];
  for (let k = Math.ceil((low + margin) / step); k * step <= high - 2 * margin; k++) {
    ticks.push(Number((k * step).toPrecision(12)));
  }
  return ticks;
}
