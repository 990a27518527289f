import { type Stack } from '@lakehouse/compose';
import { pipelineServices } from './pipelineServices.js';
import { qualityServices } from './qualityServices.js';
import { sparkServices } from './sparkServices.js';
import { storage } from './storage.js';
import { supersetServices } from './supersetServices.js';

/** The platform: every service that docker-compose.yaml starts. */
export const stack: Stack = {
  services: [...storage, ...sparkServices, ...pipelineServices, ...qualityServices, ...supersetServices],
  networks: ['storage', 'metadata', 'compute', 'sources', 'quality', 'web'],
  closed: ['quality'],
  volumes: ['minio-data', 'postgres-data', 'spark-scratch', 'superset-files', 'demo-files', 'dqops-home'],
  secretsFolder: {
    variable: 'LAKEHOUSE_SECRETS',
    otherwise: 'there are no secrets and images yet: run ./lakehouse up',
  },
};
