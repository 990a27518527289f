import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { workspace } from '../lakehouse.js';
import { inService } from './containers.js';
import { publishedPort, secret } from './platform.js';

const sql = 'select carrier, sum(flights) from gold.daily_carrier_punctuality group by carrier order by 2 desc limit 1';

const pyhive = `
import sys
from pyhive import hive
with hive.connect("127.0.0.1", int(sys.argv[1]), username="bi", password=sys.stdin.read(), auth="CUSTOM") as connection:
    cursor = connection.cursor()
    cursor.execute(sys.argv[2])
    print(cursor.fetchall())
`;

/** Programs that people have read published tables, over Thrift. */
describe('published tables', () => {
  test('are read by beeline', async () => {
    const said = await inService(
      'query-server',
      ...['beeline', '--silent=true', '--outputformat=csv2', '--showHeader=false'],
      ...['-u', 'jdbc:hive2://localhost:10000/gold', '-n', 'bi', '-w', '/run/secrets/thrift-bi', '-e', sql],
    );
    // Without a terminal, beeline writes its prompt before each answer.
    expect(said.trim()).toMatch(/> UA,58665$/);
  });

  test('are read by PyHive', () => {
    const words = ['-c', pyhive, String(publishedPort('THRIFT')), sql];
    const said = execFileSync(join(workspace, '.venv/bin/python'), words, {
      input: secret('thrift-bi'),
      encoding: 'utf8',
    });
    expect(said).toBe("[('UA', 58665)]\n");
  });
});
