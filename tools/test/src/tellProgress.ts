const plainMilliseconds = 60_000;

/**
 * Tells on `stream` how far a check is: a line that changes on a terminal, a line a minute elsewhere. `end` clears it.
 */
export function tellProgress(
  stream: NodeJS.WriteStream,
  title: string,
): { readonly line: (text: string) => void; readonly end: () => void } {
  const started = Date.now();
  let last = '';
  const timer = setInterval(
    () => {
      const seconds = Math.round((Date.now() - started) / 1000);
      const text = `${title} … ${seconds} s ${last}`;
      stream.write(stream.isTTY ? `\r\u001b[K${text.slice(0, stream.columns - 1)}` : `${text.slice(0, 160)}\n`);
    },
    stream.isTTY ? 1000 : plainMilliseconds,
  );
  return {
    line: (text) => {
      last = text.trim();
    },
    end: () => {
      clearInterval(timer);
      if (stream.isTTY) {
        stream.write('\r\u001b[K');
      }
    },
  };
}
