import { resolve } from 'node:path';
import { readVersions } from './readVersions.js';
import { versionProblems, type Versions } from './versions.js';

const pinned = readVersions(resolve(import.meta.dirname, '../../..'));

describe('versionProblems', () => {
  it('finds nothing in what is pinned', () => {
    expect(versionProblems(pinned)).toEqual([]);
  });

  it.each<[string, Partial<Versions>, RegExp]>([
    ['a client of another version', { sparkClient: '4.1.1' }, /^pyspark-client 4\.1\.1 does not fit Spark 4\.2/],
    ['Delta for another Spark', { delta: { spark: '4.0', scala: '2.13' } }, /^Delta is built for Spark 4\.0, not 4\.2/],
    ['Delta for another Scala', { delta: { spark: '4.2', scala: '2.12' } }, /^Delta is built for Scala 2\.12/],
    ['another Hadoop', { hadoop: '3.4.2' }, /^hadoop-aws 3\.4\.2 does not fit the Hadoop 3\.5\.0/],
    ['another metastore', { metastore: '3.1.3' }, /^The client 4\.0\.1 does not fit Hive Metastore 3\.1\.3/],
    ['a Spark that nobody tried', { spark: '4.3.0' }, /^Nobody has said what Spark 4\.3\.0 was built with/],
  ])('refuses %s', (_, change, problem) => {
    expect(versionProblems({ ...pinned, ...change })).toEqual([expect.stringMatching(problem)]);
  });
});
