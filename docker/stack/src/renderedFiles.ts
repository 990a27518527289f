import { composeDocument } from '@lakehouse/compose';
import { hadoopXml, javaProperties, yamlDocument } from '@lakehouse/formats';
import { composeFiles, type FilePart } from './composeFiles.js';
import { metastoreSite } from './configuration/metastoreSite.js';
import { sparkDefaults } from './configuration/sparkDefaults.js';
import { sparkCoreSite, sparkHiveSite } from './configuration/sparkHadoop.js';
import { thriftUsers } from './configuration/thriftUsers.js';
import { versionProblems, type Versions } from './versions.js';

/** A file of the workspace that is rendered from the stack; the path is relative to the workspace. */
export interface RenderedFile {
  readonly path: string;
  readonly text: string;
}

const source = 'docker/stack: change that, then `npm run render -w @lakehouse/stack`';

/** What the head of each compose file says of how it is used. */
const remarks: Readonly<Record<'platform' | FilePart, readonly string[]>> = {
  platform: [
    './lakehouse up makes images, secrets and the env file that this needs; afterwards docker-compose works by itself too.',
  ],
  airflow: [
    'Airflow beside the platform, in the networks of docker-compose.yaml. ./lakehouse up starts both; by itself:',
    'docker-compose -f docker-compose-airflow.yaml up -d',
  ],
};

/** Every file that the stack renders. Throws Error with what does not fit together in the versions. */
export function renderedFiles(versions: Versions): readonly RenderedFile[] {
  const problems = versionProblems(versions);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return [
    ...composeFiles.map(({ file, stack, part }) => ({
      path: file,
      text: yamlDocument(composeDocument(stack), source, remarks[part ?? 'platform']),
    })),
    { path: 'apps/spark/conf/spark-defaults.conf', text: javaProperties(sparkDefaults(versions), source) },
    { path: 'apps/spark/conf/core-site.xml', text: hadoopXml(sparkCoreSite, source) },
    { path: 'apps/spark/conf/hive-site.xml', text: hadoopXml(sparkHiveSite, source) },
    { path: 'apps/spark/conf/thrift-users.properties', text: javaProperties(thriftUsers(), source) },
    { path: 'apps/hive-metastore/conf/metastore-site.xml', text: hadoopXml(metastoreSite, source) },
  ];
}
