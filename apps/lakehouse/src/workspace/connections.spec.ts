import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConnections } from './connections.js';

describe('connections.yaml', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'lakehouse-connections-'));
  });

  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
  });

  it('may be missing or empty', async () => {
    expect(await readConnections(root, {})).toEqual({});
    writeFileSync(join(root, 'connections.yaml'), '# none yet\n');
    expect(await readConnections(root, {})).toEqual({});
  });

  it('becomes variables', async () => {
    writeFileSync(join(root, 'connections.yaml'), 'weather_api: http://127.0.0.1:80\n');
    expect(await readConnections(root, {})).toEqual({ LAKEHOUSE_CONNECTION_WEATHER_API: 'http://127.0.0.1:80' });
  });

  it.each(['a: [1]', '- a', 'a: {b: c}', 'a-b: x', 'a: "x'])('is refused where it is %j', async (text) => {
    writeFileSync(join(root, 'connections.yaml'), text);
    await expect(readConnections(root, {})).rejects.toMatchObject({ code: 'LH3023', exit: 1 });
  });
});
