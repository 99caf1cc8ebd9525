import { describe, expect, it } from 'vitest';
import { formatDuration, parseDuration } from '../../src/schema/duration.js';

describe('durations', () => {
  it.each([
    ['7d', 604_800_000],
    ['1.5d', 129_600_000],
    ['12h', 43_200_000],
    ['90 m', 5_400_000],
    ['45s', 45_000],
    ['2w', 1_209_600_000],
    ['0', 0],
    ['7', null],
    ['-7d', null],
    ['7 days', null],
    ['', null],
    ['1e3s', null],
  ])('%s is %s milliseconds', (text, expected) => {
    expect(parseDuration(text)).toBe(expected);
  });

  it.each([
    [0, '0'],
    [604_800_000, '7d'],
    [129_600_000, '36h'],
    [5_400_000, '90m'],
    [45_500, '45.5s'],
  ])('%d milliseconds are written as %s, and read again', (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
    expect(parseDuration(text)).toBe(milliseconds);
  });
});
