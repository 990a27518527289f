import { literalCases } from './literalCases.fixture.js';
import { qualityCases, qualityTables } from './qualityCases.fixture.js';

/** The files below `cases/`, which the pipeline's tests run on Spark: their names and texts. */
export function caseFiles(): Readonly<Record<string, string>> {
  return {
    'quality-cases.json': document({ tables: qualityTables, cases: qualityCases }),
    'literal-cases.json': document({ ...literalCases() }),
  };
}

/** JSON with one line for each item of a list, so that a change shows as one line. */
function document(parts: Readonly<Record<string, unknown>>): string {
  const lines = Object.entries(parts).map(([key, part]) => {
    if (!Array.isArray(part)) return `${JSON.stringify(key)}: ${JSON.stringify(part)}`;
    return `${JSON.stringify(key)}: [\n${part.map((item) => JSON.stringify(item)).join(',\n')}\n]`;
  });
  return `{\n${lines.join(',\n')}\n}\n`;
}
