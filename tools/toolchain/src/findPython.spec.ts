import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fakePrograms } from './fakePrograms.fixture.js';
import { findPython } from './findPython.mjs';

const folder = mkdtempSync(join(tmpdir(), 'lakehouse-python-'));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('findPython', () => {
  it('takes the first that is new enough', () => {
    const environment = fakePrograms(join(folder, 'several'), {
      python3: 'echo "3.9 /old/python3"; echo venv',
      'python3.12': 'echo "3.12 /opt/python3.12"; echo venv',
      'python3.11': 'echo "3.11 /opt/python3.11"; echo venv',
    });

    expect(findPython(environment)).toBe('/opt/python3.12');
  });

  it('says which ones are too old', () => {
    const environment = fakePrograms(join(folder, 'old'), { python3: 'echo "3.8 /usr/bin/python3"; echo venv' });

    expect(() => findPython(environment)).toThrow(
      expect.objectContaining({ code: 'LH3002', message: expect.stringContaining('python3 is 3.8') }),
    );
  });

  it('says so where there is none, or only something else of that name', () => {
    const environment = fakePrograms(join(folder, 'none'), {
      python3: 'echo "Python was not found; run without arguments"; exit 9',
    });

    expect(() => findPython(environment)).toThrow(expect.objectContaining({ code: 'LH3002' }));
  });

  it('names the package that brings venv where Debian left it out', () => {
    const environment = fakePrograms(join(folder, 'debian'), { python3: 'echo "3.11 /usr/bin/python3"; exit 1' });

    expect(() => findPython(environment)).toThrow(
      expect.objectContaining({ code: 'LH3003', fix: expect.stringContaining('python3-venv') }),
    );
  });
});
