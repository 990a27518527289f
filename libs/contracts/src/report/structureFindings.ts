import { type z } from 'zod';
import type { Path } from '../position.js';
import { oneOf } from './oneOf.js';
import { knownKeys } from './knownKeys.js';
import type { Finding } from './reporter.js';

export interface StructureFinding extends Finding {
  readonly path: Path;
}

type Issue = z.core.$ZodIssue;

/** What zod found wrong, in the words of the person who wrote the file. The value must be parsed with `reportInput`. */
export function structureFindings(schema: z.ZodType, value: unknown, issues: readonly Issue[]): StructureFinding[] {
  return issues.flatMap((issue) => findingsOf(schema, value, issue, []));
}

function findingsOf(schema: z.ZodType, root: unknown, issue: Issue, prefix: Path): StructureFinding[] {
  const path = [...prefix, ...issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))];
  const name = path.length === 0 ? 'the file' : `\`${pathText(path)}\``;
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = knownKeys(schema, path, root);
      return issue.keys.map((key) => ({
        path: [...path, key],
        at: 'key' as const,
        code: 'LH1101',
        message: `The key \`${key}\` is not known here.`,
        fix: oneOf(key, known),
      }));
    }
    case 'invalid_union': {
      if ('options' in issue && issue.discriminator !== undefined) {
        const kind = new Map<string, unknown>(Object.entries(mapOf(issue.input))).get(issue.discriminator);
        return [kind === undefined ? missing(path) : valueFinding(path, kind, issue.options ?? [])];
      }
      const near = issue.errors.filter(
        (errors) => !errors.some((error) => error.path.length === 0 && error.code === 'invalid_type'),
      );
      const [only] = near;
      if (near.length === 1 && only !== undefined)
        return only.flatMap((error) => findingsOf(schema, root, error, path));
      const kinds = issue.errors.flatMap((errors) =>
        errors.flatMap((error) => (error.code === 'invalid_type' ? [kindName(error.expected)] : [])),
      );
      return [typeFinding(name, path, [...new Set(kinds)].join(' or ') || 'another value', issue.input)];
    }
    case 'invalid_type':
      return [typeFinding(name, path, kindName(issue.expected), issue.input)];
    case 'invalid_value':
      if (issue.input === undefined) return [missing(path)];
      return [valueFinding(path, issue.input, issue.values)];
    case 'custom': {
      const fix: unknown = issue.params?.['fix'];
      if (typeof fix === 'string') return [{ path, at: 'key', code: 'LH1106', message: issue.message, fix }];
      return [issue.input === undefined ? missing(path) : formFinding(name, path, issue.input, issue.message)];
    }
    case 'invalid_format':
      return [formFinding(name, path, issue.input, issue.message)];
    case 'too_small':
      return [
        {
          path,
          code: 'LH1105',
          message: `${capital(name)} is too small or too short.`,
          fix: `The least is ${issue.minimum}.`,
        },
      ];
    case 'too_big':
      return [
        {
          path,
          code: 'LH1105',
          message: `${capital(name)} is too large or too long.`,
          fix: `The most is ${issue.maximum}.`,
        },
      ];
    default:
      return [
        {
          path,
          code: 'LH1105',
          message: `${capital(name)} is not valid: ${issue.message}.`,
          fix: 'Correct the value.',
        },
      ];
  }
}

function missing(path: Path): StructureFinding {
  const key = path.at(-1);
  const where = path.length > 1 ? ` of \`${pathText(path.slice(0, -1))}\`` : '';
  return { path, code: 'LH1102', message: `The key \`${key}\`${where} is missing.`, fix: `Add \`${key}:\`.` };
}

function formFinding(name: string, path: Path, input: unknown, form: string): StructureFinding {
  return { path, code: 'LH1105', message: `${capital(name)} is ${shown(input)}.`, fix: `Write ${form}.` };
}

function typeFinding(name: string, path: Path, expected: string, input: unknown): StructureFinding {
  if (input === undefined) return missing(path);
  return {
    path,
    code: 'LH1103',
    message: `${capital(name)} has to be ${expected}, it is ${shown(input)}.`,
    fix: typeFix(expected, input),
  };
}

function typeFix(expected: string, input: unknown): string {
  if (expected === 'a text' && (typeof input === 'number' || typeof input === 'boolean'))
    return `Put it in quotes: \`"${input}"\`.`;
  if (expected === 'true or false' && typeof input === 'string') {
    if (/^(yes|on|true)$/i.test(input)) return 'Write `true`.';
    if (/^(no|off|false)$/i.test(input)) return 'Write `false`.';
  }
  if (/number/.test(expected) && typeof input === 'string' && input.trim() !== '' && Number.isFinite(Number(input)))
    return 'Remove the quotes.';
  if (expected === 'a list') return 'Start each item with `- `.';
  if (expected === 'a map') return 'Write `key: value` lines below it.';
  return `Write ${expected}.`;
}

function valueFinding(path: Path, input: unknown, values: readonly unknown[]): StructureFinding {
  const known = values.filter((value) => value !== undefined).map(String);
  const message = `\`${pathText(path)}\` cannot be ${shown(input)}.`;
  return { path, code: 'LH1104', message, fix: oneOf(typeof input === 'string' ? input : '', known) };
}

const kindNames: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'a map',
  record: 'a map',
  null: 'null',
};

const kindName = (expected: string): string => kindNames[expected] ?? expected;

/** `schema[0].properties[3].name` */
export function pathText(path: Path): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('');
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'a map';
  if (value === null) return 'empty';
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const mapOf = (value: unknown): object => (typeof value === 'object' && value !== null ? value : {});
