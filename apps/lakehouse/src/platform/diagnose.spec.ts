import { diagnose, type MachineFacts } from './diagnose.js';

const gibibyte = 1024 ** 3;
const good: MachineFacts = {
  engine: { version: '20.10.24+dfsg1', place: 'unix:///var/run/docker.sock' },
  memory: 16 * gibibyte,
  disk: { free: 100 * gibibyte, folder: '/var/lib/docker' },
  images: ['lakehouse/spark:dev', 'lakehouse/minio:dev'],
  compose: '1.29.2',
  takenPorts: [],
  ports: 6,
};
const needs = { memory: 8 * gibibyte, images: ['lakehouse/spark:dev', 'lakehouse/minio:dev'], profile: 'small' };

function failuresOf(facts: Partial<MachineFacts>) {
  return diagnose({ ...good, ...facts }, needs).filter(({ fix }) => fix !== null);
}

describe('diagnose', () => {
  it('finds nothing to mend on a machine that carries the platform', () => {
    expect(failuresOf({})).toEqual([]);
    expect(failuresOf({ memory: null, disk: null })).toEqual([]);
  });

  it('asks a platform whose images are there for room for data alone', () => {
    expect(failuresOf({ disk: { free: 5 * gibibyte, folder: '/data' } })).toEqual([]);
  });

  it.each<[string, Partial<MachineFacts>, string, string, RegExp]>([
    [
      'an engine that does not answer',
      { engine: { failure: 'no socket' } },
      'no socket',
      '20.10 or newer',
      /Start Docker/,
    ],
    [
      'an old engine',
      { engine: { version: '19.03.8', place: 'here' } },
      '19.03.8 at here',
      '20.10 or newer',
      /Update Docker/,
    ],
    ['no compose', { compose: null }, 'none', '1.29 or newer', /Install Docker Compose/],
    [
      'little memory',
      { memory: 4 * gibibyte },
      '4.0 GiB for containers',
      '8.0 GiB for the profile small',
      /more memory, or choose a smaller --profile/,
    ],
    [
      'little disk',
      { disk: { free: gibibyte / 2, folder: '/data' } },
      '512 MiB free at /data',
      '4.0 GiB',
      /Free space at \/data/,
    ],
    [
      'too little disk for images that lack',
      { disk: { free: 4.5 * gibibyte, folder: '/data' }, images: ['lakehouse/minio:dev', 'lakehouse/spark:older'] },
      '4.5 GiB free at /data',
      '4.8 GiB to build 1 of 2 images',
      /Free space at \/data/,
    ],
    [
      'a taken port',
      { takenPorts: [{ port: 9000, address: '127.0.0.1', variable: 'LAKEHOUSE_PORT_S3' }] },
      'another program listens on 127.0.0.1:9000',
      'free',
      /LAKEHOUSE_PORT_S3=19000/,
    ],
  ])('tells of %s with what was found, what is needed and what to do', (_, facts, found, needed, fix) => {
    expect(failuresOf(facts)).toEqual([expect.objectContaining({ found, needed, fix: expect.stringMatching(fix) })]);
  });
});
