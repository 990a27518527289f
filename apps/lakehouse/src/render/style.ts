import pico from 'picocolors';

export type Style = ReturnType<typeof pico.createColors>;

/** Styles for a terminal, or the text as it is. */
export function createStyle(colored: boolean): Style {
  return pico.createColors(colored);
}
