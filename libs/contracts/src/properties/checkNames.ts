import type { Layer } from '../contract.js';
import type { Path } from '../position.js';
import { oneOf } from '../report/oneOf.js';
import type { Reporter } from '../report/reporter.js';
import { isPropertyName, knownProperties, propertyNames, type PropertyPlace } from './known.js';

const places: Readonly<Record<PropertyPlace, string>> = {
  root: 'the root of the contract',
  quality: 'a quality rule',
  relationship: 'a relationship',
};

/** Checks every custom property whose name starts with `lakehouse`, wherever it stands: spelling, place, layer, once only. */
export function checkNames(contract: unknown, layer: Layer | null, report: Reporter): void {
  visit(contract, []);

  function visit(value: unknown, path: Path): void {
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) visit(item, [...path, index]);
      return;
    }
    if (typeof value !== 'object' || value === null) return;
    for (const [key, part] of Object.entries(value)) {
      if (key === 'customProperties') checkList(part, [...path, key], placeOf(path));
      else if (key !== 'arguments' && key !== 'examples' && key !== 'implementation') visit(part, [...path, key]);
    }
  }

  function checkList(list: unknown, path: Path, place: PropertyPlace | null): void {
    const seen = new Set<string>();
    for (const [index, item] of Array.isArray(list) ? list.entries() : []) {
      const name = nameOf(item);
      if (name === null || !/^lakehouse/i.test(name)) continue;
      checkName(name, [...path, index, 'property'], place, seen);
      seen.add(name);
    }
  }

  function checkName(name: string, path: Path, place: PropertyPlace | null, seen: ReadonlySet<string>): void {
    if (!isPropertyName(name)) {
      const here = propertyNames.filter((known) => knownProperties[known].place === place);
      report.error(path, {
        code: 'LH1201',
        message: `The custom property \`${name}\` is not known.`,
        fix: oneOf(name, here.length > 0 ? here : propertyNames),
      });
      return;
    }
    const known = knownProperties[name];
    if (known.place !== place) {
      report.error(path, {
        code: 'LH1204',
        message: `\`${name}\` has no meaning here.`,
        fix: `Move it to ${places[known.place]}.`,
      });
    } else if (layer !== null && known.layer !== null && known.layer !== layer) {
      report.error(path, {
        code: 'LH1204',
        message: `\`${name}\` has no meaning for a ${layer} table.`,
        fix: 'Remove it.',
      });
    } else if (seen.has(name)) {
      report.error(path, { code: 'LH1204', message: `\`${name}\` stands here twice.`, fix: 'Keep one of them.' });
    }
  }
}

function placeOf(path: Path): PropertyPlace | null {
  if (path.length === 0) return 'root';
  const list = path.at(-2);
  if (typeof path.at(-1) !== 'number') return null;
  return list === 'quality' ? 'quality' : list === 'relationships' ? 'relationship' : null;
}

function nameOf(item: unknown): string | null {
  if (typeof item !== 'object' || item === null || !('property' in item)) return null;
  return typeof item.property === 'string' ? item.property : null;
}
