import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSecret } from './readSecret.js';

describe('readSecret', () => {
  const folder = mkdtempSync(join(tmpdir(), 'secrets-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it.each(['correct horse', 'correct horse\n', 'correct horse\r\n'])('reads %j', async (text) => {
    writeFileSync(join(folder, 'good'), text);

    expect(await readSecret(folder, 'good')).toBe('correct horse');
  });

  it.each([
    ['', 'is empty'],
    ['\n', 'is empty'],
    ['short', 'is shorter than 8 characters'],
    ['one line\nand another', 'holds more than one line'],
  ])('refuses %j', async (text, what) => {
    writeFileSync(join(folder, 'bad'), text);

    await expect(readSecret(folder, 'bad')).rejects.toMatchObject({
      code: 'LH4502',
      subject: join(folder, 'bad'),
      message: expect.stringContaining(what),
    });
  });

  it('names the file that is missing', async () => {
    await expect(readSecret(folder, 'none')).rejects.toMatchObject({ code: 'LH4502', subject: join(folder, 'none') });
  });
});
