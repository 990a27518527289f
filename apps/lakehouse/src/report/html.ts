/** Markup that needs no escaping any more. */
export interface Html {
  readonly markup: string;
}

type Part = Html | string | number | null | readonly Part[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function render(part: Part): string {
  if (part === null) {
    return '';
  }
  if (typeof part === 'string' || typeof part === 'number') {
    return String(part).replace(/[&<>"']/g, (character) => entities[character] ?? character);
  }
  return 'markup' in part ? part.markup : part.map(render).join('');
}

/** A template in which every text and number is escaped; only other markup stays as it is. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const markup = strings.map((text, index) => (index === 0 ? text : render(parts[index - 1] ?? null) + text)).join('');
  return { markup };
}

/** Markup from a trusted source, as it is. */
export function trusted(markup: string): Html {
  return { markup };
}

/** JSON that may stand in a script element: no text in it can end the element or begin a comment. */
export function scriptJson(value: unknown): Html {
  const escaped = JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return { markup: escaped };
}
