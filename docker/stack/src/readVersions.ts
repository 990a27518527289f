import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Versions } from './versions.js';

interface Pin {
  readonly group: string;
  readonly artifact: string;
  readonly version: string;
}

/** The versions that the workspace's pins name. Throws Error where a pin is not where it is looked for. */
export function readVersions(workspace: string): Versions {
  const delta = pinned(workspace, 'tools/toolchain/delta-jars.json', /^delta-spark_(\d+\.\d+)_(\d+\.\d+)$/);
  return {
    spark: required(workspace, 'tools/toolchain/requirements/spark.txt', 'pyspark'),
    sparkClient: required(workspace, 'tools/toolchain/requirements/pipeline-runner.txt', 'pyspark-client'),
    delta: { spark: delta.match[1] ?? '', scala: delta.match[2] ?? '' },
    hadoop: pinned(workspace, 'apps/spark/jars/s3a.json', /^hadoop-aws$/).version,
    metastore: pinned(workspace, 'apps/hive-metastore/jars.json', /^hive-standalone-metastore-server$/).version,
    metastoreClient: pinned(workspace, 'apps/spark/jars/hive-client.json', /^hive-exec$/).version,
  };
}

function pinned(
  workspace: string,
  file: string,
  artifact: RegExp,
): { readonly version: string; readonly match: RegExpExecArray } {
  const pins = JSON.parse(readFileSync(join(workspace, file), 'utf8')) as readonly Pin[];
  for (const pin of pins) {
    const match = artifact.exec(pin.artifact);
    if (match !== null) return { version: pin.version, match };
  }
  throw new Error(`${file} pins no jar ${artifact.source}.`);
}

function required(workspace: string, file: string, name: string): string {
  const version = new RegExp(`^${name}==(\\S+)`, 'm').exec(readFileSync(join(workspace, file), 'utf8'))?.[1];
  if (version === undefined) throw new Error(`${file} pins no ${name}.`);
  return version;
}
