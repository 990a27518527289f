import { literalCases } from './literalCases.fixture.js';
import { qualityCases, qualityTables } from './qualityCases.fixture.js';

/** The files below `cases/`, which the pipeline's tests run on Spark: their names and texts. */
export function caseFiles(): Readonly<Record<string, string>> {
  return {
    'quality-cases.json': document({ tables: qualityTables, cases: qualityCases }),
    'literal-cases.json': document(literalCases()),
  };
}

const document = (content: unknown): string => `${JSON.stringify(content, null, 2)}\n`;
