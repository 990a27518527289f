/** The versions of what has to work together. */
export interface Versions {
  /** Of the Spark that the images hold. */
  readonly spark: string;
  /** Of the client with which pipelines speak to it. */
  readonly sparkClient: string;
  /** The series of Spark, such as 4.2, and the Scala that Delta was built for. */
  readonly delta: { readonly spark: string; readonly scala: string };
  /** Of the client of the object store. */
  readonly hadoop: string;
  readonly metastore: string;
  /** Of the client that Spark loads for the metastore. */
  readonly metastoreClient: string;
}

/**
 * What a series of Spark was built with: https://github.com/apache/spark/blob/v4.2.0/pom.xml (hadoop.version, scala.binary.version).
 * Another Hadoop beside it ends in a NoSuchMethodError at the first access to S3.
 */
const builtWith: Readonly<Record<string, { readonly hadoop: string; readonly scala: string }>> = {
  '4.2': { hadoop: '3.5.0', scala: '2.13' },
};

/** What does not fit together, each as a sentence with what to do; none where all fits. */
export function versionProblems(versions: Versions): readonly string[] {
  const { spark, sparkClient, delta, hadoop, metastore, metastoreClient } = versions;
  const series = spark.split('.').slice(0, 2).join('.');
  const expected = builtWith[series];
  if (expected === undefined) {
    return [
      `Nobody has said what Spark ${spark} was built with: add ${series} to docker/stack/src/versions.ts, or use ${Object.keys(builtWith).join(' or ')}.`,
    ];
  }
  return [
    sparkClient === spark ? [] : `pyspark-client ${sparkClient} does not fit Spark ${spark}: pin the same version.`,
    delta.spark === series ? [] : `Delta is built for Spark ${delta.spark}, not ${series}: take delta-spark_${series}.`,
    delta.scala === expected.scala
      ? []
      : `Delta is built for Scala ${delta.scala}, Spark ${spark} for ${expected.scala}: take its build for ${expected.scala}.`,
    hadoop === expected.hadoop
      ? []
      : `hadoop-aws ${hadoop} does not fit the Hadoop ${expected.hadoop} that Spark ${spark} carries: pin ${expected.hadoop}.`,
    metastoreClient === metastore
      ? []
      : `The client ${metastoreClient} does not fit Hive Metastore ${metastore}: pin the same version.`,
  ].flat();
}
