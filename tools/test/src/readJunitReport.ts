import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import { type Outcome } from './outcome.js';

const textSchema = z
  .union([z.string(), z.object({ '#text': z.string().optional(), '@message': z.string().optional() })])
  .transform((node) => (typeof node === 'string' ? node : (node['#text'] ?? node['@message'] ?? '')));

const reportSchema = z.object({
  testsuites: z.object({
    testsuite: z.array(
      z.object({
        testcase: z
          .array(
            z.object({
              '@classname': z.string(),
              '@name': z.string(),
              failure: z.array(textSchema).optional(),
              error: z.array(textSchema).optional(),
              skipped: z.array(textSchema).optional(),
            }),
          )
          .default([]),
      }),
    ),
  }),
});

const lists = new Set(['testsuite', 'testcase', 'failure', 'error', 'skipped']);

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseAttributeValue: false,
  parseTagValue: false,
  isArray: (name) => lists.has(name),
});

/** The outcome in a file that `pytest --junitxml` wrote. */
export function readJunitReport(text: string): Outcome {
  const report: unknown = parser.parse(text);
  const tests = reportSchema
    .parse(report)
    .testsuites.testsuite.flatMap(({ testcase }) => testcase)
    .map((test) => ({
      name: `${test['@classname']} › ${test['@name']}`,
      failures: [...(test.failure ?? []), ...(test.error ?? [])],
      skipped: test.skipped !== undefined,
    }));
  const broken = tests.filter(({ failures }) => failures.length > 0);
  return {
    passed: tests.filter(({ failures, skipped }) => failures.length === 0 && !skipped).length,
    skipped: tests.filter(({ failures, skipped }) => failures.length === 0 && skipped).map(({ name }) => name),
    failed: broken.map(({ name, failures }) => ({ test: name, text: failures.join('\n') })),
  };
}
