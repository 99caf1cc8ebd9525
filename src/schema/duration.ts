/** Units of a duration in milliseconds, the longest first. */
const units = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 } as const;

/** What a duration looks like, for messages. */
export const durationForms = 'a number with a unit: 45s, 30m, 12h, 7d or 2w (0 for none)';

/**
 * Milliseconds of `45s`, `30m`, `12h`, `7d`, `2w`, `1.5d` or `0`; null for anything else. A number without a unit is no
 * duration: timestamps are dates, so there is no unit to take it in.
 */
export function parseDuration(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)\s*([wdhms])$/.exec(text.trim());
  if (!match) return /^0+$/.test(text.trim()) ? 0 : null;
  return Math.round(Number(match[1]) * units[match[2] as keyof typeof units]);
}

/** The duration as it is typed, in the longest unit of which it is a whole number (weeks as days): `7d`, `90m`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds === 0) return '0';
  const unit = (['d', 'h', 'm'] as const).find((name) => milliseconds % units[name] === 0) ?? 's';
  return `${milliseconds / units[unit]}${unit}`;
}
