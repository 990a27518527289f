import { composeDocument } from '@lakehouse/compose';
import { javaProperties, yamlDocument } from '@lakehouse/formats';
import { stack } from './stack.js';
import { thriftUsers } from './thriftUsers.js';

/** A file of the workspace that is rendered from the stack; the path is relative to the workspace. */
export interface RenderedFile {
  readonly path: string;
  readonly text: string;
}

const source = 'docker/stack: change that, then `npm run render -w @lakehouse/stack`';

/** Every file that the stack renders. */
export function renderedFiles(): readonly RenderedFile[] {
  return [
    {
      path: 'docker-compose.yaml',
      text: yamlDocument(composeDocument(stack), source, [
        './lakehouse up makes images, secrets and the env file that this needs; afterwards docker-compose works by itself too.',
      ]),
    },
    { path: 'apps/spark/conf/thrift-users.properties', text: javaProperties(thriftUsers(), source) },
  ];
}
