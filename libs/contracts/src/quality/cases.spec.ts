import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { operatorNames } from '../odcs/quality.js';
import { caseFiles } from '../testing/caseFiles.fixture.js';
import { qualityCases } from '../testing/qualityCases.fixture.js';

describe('the cases that Spark has to agree with', () => {
  it('are current in the files that Python reads', () => {
    for (const [name, text] of Object.entries(caseFiles())) {
      // Write them with `node --conditions=@lakehouse/source --import tsx libs/contracts/src/testing/writeCases.fixture.ts`.
      const written: unknown = JSON.parse(readFileSync(join(__dirname, '..', '..', 'cases', name), 'utf8'));
      expect(written).toEqual(JSON.parse(text));
    }
  });

  it('have a passing and a failing one for each operator and unit', () => {
    const cases = qualityCases;
    for (const operator of operatorNames) {
      for (const unit of [undefined, 'rows', 'percent']) {
        for (const expected of ['pass', 'fail']) {
          const found = cases.filter(({ quality, expected: wanted }) => {
            const rule = new Map(Object.entries(quality ?? {}));
            return rule.has(operator) && rule.get('unit') === unit && wanted === expected;
          });
          expect([operator, unit, expected, found.length > 0]).toEqual([operator, unit, expected, true]);
        }
      }
    }
  });

  it('have names of their own', () => {
    const names = qualityCases.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});
