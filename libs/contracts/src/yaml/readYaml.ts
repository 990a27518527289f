import { Composer, Parser, type YAMLError } from 'yaml';
import type { Problem } from '../problem.js';
import { convert, deepest, type ConversionFault } from './convert.js';
import { depth } from './depth.js';
import type { YamlDocument } from './document.js';
import { lineStartsOf, positionAt } from './positionAt.js';

export interface ReadYaml {
  /** Null where the text is no YAML at all. */
  readonly document: YamlDocument | null;
  readonly problems: readonly Problem[];
}

/** Reads one YAML 1.2 document as JSON values with positions. Never throws: whatever is wrong is a problem. */
export function readYaml(file: string, text: string): ReadYaml {
  const lineStarts = lineStartsOf(text);
  const problems: Problem[] = [];
  const add = (start: number, code: string, message: string, fix: string): void => {
    problems.push({ code, severity: 'error', file, ...positionAt(lineStarts, start), message, fix });
  };
  if (/^(\s|#[^\n]*)*$/.test(text)) {
    add(0, 'LH1004', 'The file is empty.', 'Fill it in, or delete it.');
    return { document: null, problems };
  }
  const tokens = [...new Parser().parse(text)];
  if (depth(tokens) > deepest) {
    // The composer and all that follows is recursive, and V8 aborts the process when the stack ends inside a regular expression.
    add(0, 'LH1006', `The file is nested more than ${deepest} levels deep.`, 'Use fewer levels of lists and maps.');
    return { document: null, problems };
  }
  const [parsed, another] = new Composer({ prettyErrors: false }).compose(tokens, true, text.length);
  if (another !== undefined) {
    add(
      another.range[0],
      'LH1001',
      'The file holds more than one YAML document.',
      'Put each document in a file of its own.',
    );
    return { document: null, problems };
  }
  if (parsed === undefined) return { document: null, problems };
  for (const fault of [...parsed.errors, ...parsed.warnings]) {
    const { code, message, fix } = describe(fault, text);
    add(fault.pos[0], code, message, fix);
  }
  const faults: ConversionFault[] = [];
  const { value, node } = convert(parsed, faults);
  for (const fault of faults) add(fault.start, fault.code, fault.message, fault.fix);
  const broken = parsed.errors.some((error) => error.code !== 'DUPLICATE_KEY');
  return { document: broken ? null : { file, value, root: node, lineStarts }, problems };
}

function describe(fault: YAMLError, text: string): { code: string; message: string; fix: string } {
  const found = text.slice(fault.pos[0], fault.pos[1]).split('\n')[0] ?? '';
  switch (fault.code) {
    case 'DUPLICATE_KEY': {
      const key = /^[^:\s]*/.exec(text.slice(fault.pos[0]))?.[0] ?? found;
      return { code: 'LH1002', message: `The key \`${key}\` stands here twice.`, fix: 'Keep one of them.' };
    }
    case 'TAG_RESOLVE_FAILED':
      return { code: 'LH1003', message: `The tag \`${found}\` is not known.`, fix: 'Remove the tag.' };
    case 'TAB_AS_INDENT':
      return { code: 'LH1001', message: 'A tab indents this line.', fix: 'Indent with spaces.' };
    default:
      return {
        code: 'LH1001',
        message: `This is not valid YAML: ${fault.message}.`,
        fix: 'Correct the indentation, quotes or brackets here.',
      };
  }
}
