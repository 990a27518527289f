import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { workspace } from '../lakehouse.js';
import { publishedPort, secret } from './platform.js';

const program = `
import json, sys
from pyhive import hive
with hive.connect("127.0.0.1", int(sys.argv[1]), username="bi", password=sys.stdin.readline().strip(), auth="CUSTOM") as session:
    cursor = session.cursor()
    for line in sys.stdin:
        cursor.execute(line)
        print(json.dumps(cursor.fetchall()), flush=True)
`;

/** A session of the query server that stays open while others publish, as that of a dashboard does. */
export class ThriftSession {
  private readonly child: ChildProcess;
  private readonly answers: AsyncIterator<string>;

  constructor() {
    const words = ['-c', program, String(publishedPort('THRIFT'))];
    this.child = spawn(join(workspace, '.venv/bin/python'), words, { stdio: ['pipe', 'pipe', 'inherit'] });
    if (this.child.stdout === null) throw new Error('A session has no output.');
    this.answers = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
    this.child.stdin?.write(`${secret('thrift-bi')}\n`);
  }

  /** The rows that a query of one line answers; throws Error where the session ended. */
  async ask(sql: string): Promise<readonly (readonly unknown[])[]> {
    this.child.stdin?.write(`${sql}\n`);
    const { value, done } = await this.answers.next();
    if (done === true) throw new Error(`The session ended at: ${sql}`);
    return JSON.parse(value) as unknown[][];
  }

  end(): void {
    this.child.stdin?.end();
  }
}
