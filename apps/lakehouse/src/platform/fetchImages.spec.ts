import type Docker from 'dockerode';
import { type Context } from '../context.js';
import { recordingTerminal } from '../workspace/recordingTerminal.fixture.js';
import { fetchImages } from './fetchImages.js';

const image = 'dqops/dqo:1.13.1';

/** An engine with these images; a pull ends as `outcome` says. */
function engineWith(present: readonly string[], outcome: Error | null) {
  const pulled: string[] = [];
  const engine = {
    getImage: (name: string) => ({
      inspect: () =>
        present.includes(name)
          ? Promise.resolve({})
          : Promise.reject(Object.assign(new Error('no such image'), { statusCode: 404 })),
    }),
    pull: (name: string) => {
      pulled.push(name);
      return Promise.resolve({});
    },
    modem: {
      followProgress: (_: unknown, done: (error: Error | null) => void) => {
        done(outcome);
      },
    },
  };
  return { engine: engine as unknown as Docker, pulled };
}

const context = (): Context => ({ terminal: recordingTerminal() }) as unknown as Context;

describe('fetchImages', () => {
  it('pulls what others made and is not there', async () => {
    const { engine, pulled } = engineWith([], null);
    await fetchImages(context(), engine, ['lakehouse/spark:dev', image]);
    expect(pulled).toEqual([image]);
  });

  it('asks no registry for what is there', async () => {
    const { engine, pulled } = engineWith([image], new Error('there is no registry'));
    await fetchImages(context(), engine, [image]);
    expect(pulled).toEqual([]);
  });

  it('says how to go on without', async () => {
    const { engine } = engineWith([], new Error('dial tcp: no route to host'));
    await expect(fetchImages(context(), engine, [image])).rejects.toMatchObject({
      code: 'LH3120',
      subject: image,
      message: expect.stringContaining('no route to host'),
      fix: expect.stringContaining('./lakehouse up --without dqops'),
    });
  });
});
