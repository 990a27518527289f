import fc from 'fast-check';
import { composeDocument } from './composeDocument.js';
import { composeValue } from './composeValue.js';
import { type Service, type Stack } from './service.js';
import { stackProblems } from './stackProblems.js';

const plain: Service = {
  name: 'store',
  image: 'lakehouse/store:dev',
  environment: {},
  networks: ['storage'],
  secrets: [],
  ports: [],
  mounts: [],
  temporary: {},
  memory: { variable: 'STORE_MEMORY', fallback: '256m' },
  after: {},
  kind: 'daemon',
};

function stackOf(...services: readonly Partial<Service>[]): Stack {
  return {
    services: services.map((service) => ({ ...plain, ...service })),
    networks: ['storage'],
    volumes: ['data'],
    secretsFolder: { variable: 'SECRETS', otherwise: 'run ./lakehouse up' },
  };
}

function published(port: string): Service['ports'] {
  return [{ address: '127.0.0.1', host: { variable: `PORT_${port}`, fallback: port }, container: 80 }];
}

describe('composeDocument', () => {
  it('renders a service with all it can have', () => {
    const full = {
      command: ['serve'],
      environment: { PRICE: '5$', SIZE: { variable: 'SIZE', fallback: '1g' } },
      secrets: ['key'],
      ports: published('8080'),
      mounts: [{ source: 'data', target: '/data', readOnly: true }],
      temporary: { '/tmp': 64 },
      profile: 'demo',
      replicas: { variable: 'STORES', fallback: '1' },
    };

    expect(composeDocument(stackOf(full))).toMatchObject({
      services: {
        store: {
          command: ['serve'],
          environment: { PRICE: '5$$', SIZE: '${SIZE:-1g}' },
          profiles: ['demo'],
          scale: '${STORES:-1}',
          secrets: ['key'],
          ports: ['127.0.0.1:${PORT_8080:-8080}:80'],
          volumes: ['data:/data:ro'],
          tmpfs: ['/tmp:uid=10001,gid=10001,mode=0700,size=64m'],
          mem_limit: '${STORE_MEMORY:-256m}',
          read_only: true,
          cap_drop: ['ALL'],
          security_opt: ['no-new-privileges:true'],
        },
      },
      secrets: { key: { file: '${SECRETS:?run ./lakehouse up}/key' } },
    });
  });

  it('joins the networks and volumes of another stack by the names that they have there', () => {
    const joined = { project: { variable: 'PROJECT', fallback: 'shop' }, networks: ['web'], volumes: ['files'] };
    const service = { networks: ['storage', 'web'], mounts: [{ source: 'files', target: '/files' }] };

    expect(composeDocument({ ...stackOf(service), joined })).toMatchObject({
      networks: { storage: {}, web: { external: true, name: '${PROJECT:-shop}_web' } },
      volumes: { data: {}, files: { external: true, name: '${PROJECT:-shop}_files' } },
    });
  });

  it('gives an image of others our user and a health check, and closes a network', () => {
    const service = {
      image: 'others/store:1.0',
      user: true,
      healthCheck: { command: ['ask', 'a b'], everySeconds: 10, startSeconds: 60 },
    } as const;

    expect(composeDocument({ ...stackOf(service), closed: ['storage'] })).toMatchObject({
      services: {
        store: {
          user: '10001:10001',
          healthcheck: {
            test: ['CMD', 'ask', 'a b'],
            interval: '10s',
            timeout: '10s',
            start_period: '60s',
            retries: 3,
          },
        },
      },
      networks: { storage: { internal: true } },
    });
  });

  it('keeps every plain text as it is', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(composeValue(text).replaceAll('$$', '$')).toBe(text);
      }),
    );
  });
});

describe('stackProblems', () => {
  it.each<[string, readonly Partial<Service>[], string]>([
    ['two of one name', [{}, {}], 'Two services are called store: rename one.'],
    [
      'two on one port',
      [{ ports: published('80') }, { name: 'other', ports: published('80') }],
      'store (PORT_80) and other (PORT_80) are on port 80 of the host: give one another port.',
    ],
    [
      'an unknown network',
      [{ networks: ['web'] }],
      'store is in the network web, which the stack has not: declare it.',
    ],
    [
      'an unknown volume',
      [{ mounts: [{ source: 'other', target: '/data' }] }],
      'store mounts the volume other, which the stack has not: declare it.',
    ],
    ['an unknown service', [{ after: { nobody: 'healthy' } }], 'store waits for nobody, which the stack has not.'],
    [
      'a wait for the end of a daemon',
      [{}, { name: 'other', after: { store: 'completed' } }],
      'other waits until store is completed, but store is a daemon: wait for healthy.',
    ],
    [
      'a wait for another profile',
      [{ profile: 'demo' }, { name: 'other', after: { store: 'healthy' } }],
      'other waits for store, which only starts in the profile demo.',
    ],
    [
      'a cycle',
      [
        { name: 'b', after: { a: 'healthy' } },
        { name: 'a', after: { b: 'healthy' } },
      ],
      'a waits for b waits for a: none of them can start first.',
    ],
  ])('tells of %s, once, and nothing is rendered', (_, services, problem) => {
    expect(stackProblems(stackOf(...services))).toEqual([problem]);
    expect(() => composeDocument(stackOf(...services))).toThrow(problem);
  });

  it('finds nothing in a stack that works', () => {
    const reader = { name: 'reader', after: { store: 'healthy', init: 'completed' } } as const;
    expect(stackProblems(stackOf({}, { name: 'init', kind: 'task', after: { store: 'healthy' } }, reader))).toEqual([]);
  });
});
