import { reason } from './reason.js';

describe('reason', () => {
  it.each([
    ['a text', 'a text'],
    [new Error(' refused\n'), 'refused'],
    [new SyntaxError('no JSON'), 'SyntaxError: no JSON'],
    [new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') }), 'connect ECONNREFUSED'],
    [new AggregateError([new Error('one'), new Error('two')]), 'one, two'],
    [Object.assign(new Error('aborted'), { name: 'TimeoutError' }), 'no answer in time'],
    [{ code: 3 }, '{"code":3}'],
  ])('of %p', (error, text) => {
    expect(reason(error)).toBe(text);
  });
});
