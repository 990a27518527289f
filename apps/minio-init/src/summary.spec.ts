import { summary } from './summary.js';

describe('summary', () => {
  it.each([
    [0, 'nothing to change'],
    [1, '1 change made'],
    [26, '26 changes made'],
  ])('of %d', (changes, text) => {
    expect(summary({ changes, leftOut: [] })).toBe(text);
  });

  it('says what is left to do by hand', () => {
    expect(summary({ changes: 2, leftOut: [{ what: 'identity reader', instead: 'Make it:\n{}' }] })).toBe(
      'left out: identity reader\n    Make it:\n    {}\n2 changes made, 1 left out',
    );
  });
});
