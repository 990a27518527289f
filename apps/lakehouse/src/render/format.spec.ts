import fc from 'fast-check';
import { formatBytes, formatCount, formatNumber, formatSeconds, formatTimestamp } from './format.js';

describe('numbers, sizes and durations', () => {
  it.each([
    [0, '0.0 s'],
    [12.34, '12.3 s'],
    [59.96, '1 min 00 s'],
    [125, '2 min 05 s'],
    [3599.6, '1 h 00 min'],
    [3720, '1 h 02 min'],
  ])('%d seconds', (seconds, text) => {
    expect(formatSeconds(seconds)).toBe(text);
  });

  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [4_230_000, '4.2 MB'],
    [1e18, '1000.0 PB'],
  ])('%d bytes', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  it('groups digits and agrees with the number', () => {
    expect(formatNumber(336776)).toBe('336,776');
    expect(formatNumber(0.123)).toBe('0.12');
    expect(formatCount(1, 'row')).toBe('1 row');
    expect(formatCount(2000, 'batch', 'batches')).toBe('2,000 batches');
  });

  it('never shows sixty seconds or sixty minutes', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), (seconds) => {
        expect(formatSeconds(seconds)).not.toMatch(/\b60/);
      }),
    );
  });

  it('shows what is no timestamp as it is', () => {
    expect(formatTimestamp('2026-03-01T12:30:59+01:00')).toBe('2026-03-01 11:30');
    expect(formatTimestamp('soon')).toBe('soon');
  });
});
