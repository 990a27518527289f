import { type Stack } from '@lakehouse/compose';
import { pipelineServices } from './pipelineServices.js';
import { sparkServices } from './sparkServices.js';
import { storage } from './storage.js';

/** The platform: every service that docker-compose.yaml starts. */
export const stack: Stack = {
  services: [...storage, ...sparkServices, ...pipelineServices],
  networks: ['storage', 'metadata', 'compute', 'sources', 'web'],
  volumes: ['minio-data', 'postgres-data', 'spark-scratch', 'demo-files'],
  secretsFolder: {
    variable: 'LAKEHOUSE_SECRETS',
    otherwise: 'there are no secrets and images yet: run ./lakehouse up',
  },
};
