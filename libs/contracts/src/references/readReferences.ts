import type { ContractColumn, UnresolvedReference } from '../contract.js';
import type { SchemaObject } from '../odcs/dataContract.js';
import type { ObjectRelationship, PropertyRelationship } from '../odcs/relationship.js';
import type { Path, Position } from '../position.js';
import { knownProperties } from '../properties/known.js';
import { readProperty } from '../properties/readProperty.js';
import { ruleId } from '../quality/ruleId.js';
import { oneOf } from '../report/oneOf.js';
import type { Reporter } from '../report/reporter.js';
import { parseReference, type ReferenceEnd } from './parseReference.js';

interface Context {
  readonly table: string;
  readonly object: SchemaObject;
  readonly columns: readonly ContractColumn[];
  /** Path of the schema object. */
  readonly path: Path;
  readonly positionOf: (path: Path) => Position;
  readonly report: Reporter;
}

/** The foreign keys of the columns and of the table. */
export function readReferences(context: Context): UnresolvedReference[] {
  const { object, path } = context;
  const ofColumns = (object.properties ?? []).flatMap((property, index) =>
    (property.relationships ?? []).flatMap((relationship, place) =>
      ofColumn(relationship, property.name, [...path, 'properties', index, 'relationships', place], context),
    ),
  );
  const ofTable = (object.relationships ?? []).flatMap((relationship, place) =>
    ofObject(relationship, [...path, 'relationships', place], context),
  );
  return [...ofColumns, ...ofTable];
}

function ofColumn(
  relationship: PropertyRelationship,
  column: string,
  path: Path,
  context: Context,
): UnresolvedReference[] {
  if (!context.columns.some(({ name }) => name === column)) return [];
  const targets = listOf(relationship.to);
  if (targets.length > 1) {
    context.report.warning([...path, 'to'], {
      code: 'LH1116',
      message: 'A relationship of one column to several is not executed.',
      fix: 'Write it at the table, with `from` and `to` as lists.',
    });
    return [];
  }
  const ends = readEnds(targets, [...path, 'to'], context);
  return ends === null ? [] : unresolved(relationship, column, [column], ends, path, context);
}

function ofObject(relationship: ObjectRelationship, path: Path, context: Context): UnresolvedReference[] {
  const { object, columns, report } = context;
  const from = listOf(relationship.from);
  const to = listOf(relationship.to);
  if (from.length !== to.length) {
    report.error([...path, 'to'], {
      code: 'LH1212',
      message: `\`from\` names ${from.length} columns and \`to\` ${to.length}.`,
      fix: 'Name as many on both sides.',
    });
    return [];
  }
  const own = readEnds(from, [...path, 'from'], context);
  const ends = readEnds(to, [...path, 'to'], context);
  if (own === null || ends === null) return [];
  const names = own.flatMap((end, index) => {
    const place = Array.isArray(relationship.from) ? [...path, 'from', index] : [...path, 'from'];
    if (end.file !== null || (end.object !== object.name && end.object !== object.id)) {
      report.error(place, {
        code: 'LH1212',
        message: `\`${from[index]}\` is not a column of this table.`,
        fix: `Write \`${object.name}.${end.property}\`, or move the relationship to the contract of \`${end.object}\`.`,
      });
      return [];
    }
    const column = columns.find((candidate) => candidate.name === end.property || candidate.id === end.property);
    if (column !== undefined) return [column.name];
    const fix = oneOf(
      end.property,
      columns.map((candidate) => candidate.name),
    );
    report.error(place, { code: 'LH1212', message: `The table has no column \`${end.property}\`.`, fix });
    return [];
  });
  return names.length === own.length ? unresolved(relationship, null, names, ends, path, context) : [];
}

/** The ends of one side; all of one side have to be in one object. */
function readEnds(texts: readonly string[], path: Path, { report }: Context): ReferenceEnd[] | null {
  const ends = texts.flatMap((text, index) => {
    const end = parseReference(text);
    if (end !== null) return [end];
    report.error(texts.length === 1 ? path : [...path, index], {
      code: 'LH1212',
      message: `\`${text}\` does not name a column.`,
      fix: 'Write `table.column`, or `file.yaml#schema/<table>/properties/<column>`.',
    });
    return [];
  });
  const [first] = ends;
  if (first === undefined || ends.length !== texts.length) return null;
  if (ends.every((end) => end.object === first.object && end.file === first.file)) return ends;
  report.error(path, {
    code: 'LH1212',
    message: 'The columns belong to different tables.',
    fix: 'Make one relationship for each table.',
  });
  return null;
}

function unresolved(
  relationship: PropertyRelationship | ObjectRelationship,
  column: string | null,
  columns: readonly string[],
  ends: readonly ReferenceEnd[],
  path: Path,
  { table, positionOf, report }: Context,
): UnresolvedReference[] {
  const { customProperties } = relationship;
  const severity = readProperty(customProperties, path, 'lakehouseSeverity', knownProperties.lakehouseSeverity, report);
  const orphans = readProperty(
    customProperties,
    path,
    'lakehouseMaxOrphans',
    knownProperties.lakehouseMaxOrphans,
    report,
  );
  const id = readProperty(customProperties, path, 'lakehouseId', knownProperties.lakehouseId, report);
  if (orphans !== null && severity?.value !== 'warning') {
    report.error(orphans.path, {
      code: 'LH1212',
      message: '`lakehouseMaxOrphans` has a meaning at severity warning only; as an error no row may lack its parent.',
      fix: 'Add the custom property `lakehouseSeverity: warning`, or remove this one.',
    });
  }
  const [first] = ends;
  if (first === undefined) return [];
  const properties = ends.map((end) => end.property);
  return [
    {
      id: ruleId(table, column, id?.value ?? 'references'),
      column,
      columns,
      target: { file: first.file, object: first.object, properties },
      severity: severity?.value ?? 'error',
      maxOrphans: orphans?.value ?? null,
      description: `${columns.join(', ')} exists as ${properties.join(', ')} of ${first.object}`,
      path,
      position: positionOf([...path, 'to']),
    },
  ];
}

const listOf = (value: string | readonly string[]): readonly string[] => (typeof value === 'string' ? [value] : value);
