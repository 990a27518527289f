import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { objectStoreIdentities } from '@lakehouse/connections';
import { publishedPort, secret } from '../platform.js';
import { type Actor } from './expectedRights.js';

export type Stores = Readonly<Record<Actor | 'root', S3Client>>;

/** A client for everybody who may come to the store of the platform: those with a secret, and anybody. */
export function openStores(): Stores {
  const common = {
    endpoint: `http://127.0.0.1:${publishedPort('S3')}`,
    region: 'us-east-1',
    forcePathStyle: true,
  };
  const { root, pipeline, metastore, reader, backup, history, airflow } = objectStoreIdentities;
  const as = (identity: { readonly name: string; readonly secret: string }): S3Client =>
    new S3Client({
      ...common,
      credentials: { accessKeyId: identity.name, secretAccessKey: secret(identity.secret) },
    });
  return {
    root: as(root),
    pipeline: as(pipeline),
    metastore: as(metastore),
    reader: as(reader),
    backup: as(backup),
    history: as(history),
    airflow: as(airflow),
    anybody: new S3Client({ ...common, ...unsigned }),
  };
}

const unsigned: Pick<S3ClientConfig, 'credentials' | 'signer'> = {
  credentials: { accessKeyId: '', secretAccessKey: '' },
  signer: { sign: (request) => Promise.resolve(request) },
};
