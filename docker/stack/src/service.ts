import { type Service } from '@lakehouse/compose';
import { memoryLimit } from './settings.js';
import { type BudgetName } from './profiles.js';

type Stated = Pick<Service, 'networks'> &
  Partial<Omit<Service, 'name' | 'image' | 'memory'>> & { readonly app?: string; readonly image?: string };

/** A service of the platform: what is not said is nothing. Its image is our own, of its name unless `app` says otherwise, or `image` that it is another's. */
export function service(name: BudgetName, { app, image, ...stated }: Stated): Service {
  return {
    environment: {},
    secrets: [],
    ports: [],
    mounts: [],
    temporary: { '/tmp': 64 },
    after: {},
    kind: 'daemon',
    ...stated,
    name,
    image: image ?? `lakehouse/${app ?? name}:dev`,
    memory: memoryLimit(name),
  };
}
