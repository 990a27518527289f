import fc from 'fast-check';
import { readEvent } from './readEvent.js';

describe('lines of the runtime', () => {
  it('are events where they have the form of one', () => {
    const event = { event: 'stepStarted', step: 'land', subject: 'orders', detail: '' };
    expect(readEvent(JSON.stringify(event))).toEqual(event);
  });

  it.each(['', 'Picked up JAVA_TOOL_OPTIONS', '{', '{"event":"unknown"}', '{"event":"result"', '[]'])(
    'are none where they are %j',
    (line) => {
      expect(readEvent(line)).toBeNull();
    },
  );

  it('never throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (line) => {
        expect(() => readEvent(line)).not.toThrow();
      }),
    );
  });
});
