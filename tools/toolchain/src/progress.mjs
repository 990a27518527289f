/**
 * Work that reports what it is at, a line at a time.
 * @typedef {(report: (line: string) => void) => Promise<void>} Work
 */

const quietMilliseconds = 2000;
const plainMilliseconds = 15_000;

/**
 * Tells on `stream` what is being prepared: a line that changes on a terminal, a line now and then elsewhere. Nothing
 * is said of what takes less than two seconds.
 * @param {NodeJS.WriteStream} stream
 */
export function openProgress(stream) {
  /** @type {Map<string, { started: number, line: string }>} */
  const running = new Map();
  const started = Date.now();
  let told = 0;
  const timer = setInterval(() => {
    const now = Date.now();
    if (now - started < quietMilliseconds || running.size === 0) {
      return;
    }
    if (stream.isTTY) {
      stream.write(`\r\u001b[K${summary(now).slice(0, stream.columns - 1)}`);
    } else if (now - told >= plainMilliseconds) {
      stream.write(`${summary(now)}\n`);
      told = now;
    }
  }, 500);

  /** @param {number} now */
  function summary(now) {
    const steps = [...running].map(([name, step]) => {
      return `${name} ${seconds(now - step.started)}${step.line === '' ? '' : ` (${step.line})`}`;
    });
    return `Preparing ${steps.join(', ')}`;
  }

  function clear() {
    if (stream.isTTY) {
      stream.write('\r\u001b[K');
    }
  }

  return {
    /**
     * @param {string} name
     * @param {Work} work
     */
    async step(name, work) {
      const step = { started: Date.now(), line: '' };
      running.set(name, step);
      try {
        await work((line) => {
          step.line = line.trim().slice(0, 60);
        });
      } finally {
        running.delete(name);
      }
      const took = Date.now() - step.started;
      if (took >= quietMilliseconds) {
        clear();
        stream.write(`Prepared ${name} in ${seconds(took)}\n`);
      }
    },
    close() {
      clearInterval(timer);
      clear();
    },
  };
}

/** @param {number} milliseconds */
function seconds(milliseconds) {
  return `${Math.round(milliseconds / 1000)} s`;
}
