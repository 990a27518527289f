import fc from 'fast-check';
import { comparable } from './comparable.js';

describe('comparable', () => {
  it('does not see order, nor what says nothing', () => {
    const one = { Statement: [{ Action: ['a', 'b'], Resource: ['r'] }, { Effect: 'Deny' }], Prefix: '', Marker: false };
    const other = { Statement: [{ Effect: 'Deny' }, { Resource: ['r'], Action: ['b', 'a'], Condition: {} }] };

    expect(comparable(one)).toBe(comparable(other));
    expect(comparable(undefined)).toBe(comparable([]));
  });

  it('sees every other difference', () => {
    expect(comparable({ Days: 30 })).not.toBe(comparable({ Days: 31 }));
    expect(comparable(['a'])).not.toBe(comparable(['a', 'a']));
    expect(comparable({ a: 'b' })).not.toBe(comparable({ b: 'a' }));
    expect(comparable(0)).not.toBe(comparable(undefined));
  });

  it('is the same for a list in any order', () => {
    const shuffled = fc
      .array(fc.jsonValue({ maxDepth: 2 }))
      .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));
    fc.assert(
      fc.property(shuffled, ([one, other]) => {
        expect(comparable(one)).toBe(comparable(other));
      }),
    );
  });
});
