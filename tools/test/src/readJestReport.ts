import { z } from 'zod';
import { type Outcome } from './outcome.js';

const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      message: z.string(),
      status: z.string(),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).nullish() }),
      ),
    }),
  ),
});

/** The outcome in a file that `jest --json` wrote; a spec file that could not be run counts as one failure. */
export function readJestReport(text: string, folder: string): Outcome {
  const files = reportSchema.parse(JSON.parse(text)).testResults;
  const tests = files.flatMap((file) => {
    const name = file.name.replace(`${folder}/`, '');
    return file.assertionResults.map((test) => ({ ...test, test: `${name} › ${test.fullName}` }));
  });
  const unrun = files.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
  );
  return {
    passed: tests.filter(({ status }) => status === 'passed').length,
    skipped: tests.filter(({ status }) => status !== 'passed' && status !== 'failed').map(({ test }) => test),
    failed: [
      ...tests
        .filter(({ status }) => status === 'failed')
        .map(({ test, failureMessages }) => ({ test, text: (failureMessages ?? []).join('\n') })),
      ...unrun.map(({ name, message }) => ({ test: name.replace(`${folder}/`, ''), text: message })),
    ],
  };
}
