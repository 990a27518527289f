import type { Source } from '@lakehouse/plan';
import type { DomainFile, SourceEntry } from './domainFileSchema.js';

const seconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** A source of domain.yaml with its defaults filled in, as the plan has it. */
export function toSource(
  entry: SourceEntry,
  domain: Pick<DomainFile, 'domain' | 'schedule'>,
  columns: readonly string[],
  drift: Source['drift'],
): Source {
  const schedule = entry.schedule ?? domain.schedule ?? null;
  const common = { name: entry.name, domain: domain.domain, table: entry.into, columns: [...columns], drift, schedule };
  switch (entry.kind) {
    case 'files':
      return {
        kind: 'files',
        ...common,
        connection: entry.connection ?? null,
        path: entry.path,
        format: format(entry.format),
      };
    case 'database':
      return {
        kind: 'database',
        ...common,
        connection: entry.connection,
        relation: entry.table,
        watermark: entry.watermark ? { column: entry.watermark.column, lagSeconds: lag(entry.watermark.lag) } : null,
      };
    case 'http':
      return {
        kind: 'http',
        ...common,
        connection: entry.connection,
        path: entry.path,
        parameters: { ...entry.parameters },
        pagination: pagination(entry.pagination),
        records: entry.records,
        watermark: entry.watermark
          ? {
              column: entry.watermark.column,
              lagSeconds: lag(entry.watermark.lag),
              parameter: entry.watermark.parameter,
            }
          : null,
      };
  }
}

type FilesEntry = Extract<SourceEntry, { kind: 'files' }>;
type HttpEntry = Extract<SourceEntry, { kind: 'http' }>;

function format(written: FilesEntry['format']): Extract<Source, { kind: 'files' }>['format'] {
  if (written.type !== 'csv') return { type: written.type };
  return {
    type: 'csv',
    header: written.header ?? true,
    delimiter: written.delimiter ?? ',',
    quote: written.quote ?? '"',
    encoding: written.encoding ?? 'utf-8',
    nullValue: written.nullValue ?? null,
  };
}

function pagination(written: HttpEntry['pagination']): Extract<Source, { kind: 'http' }>['pagination'] {
  if (!written) return { type: 'none' };
  return written.type === 'page'
    ? { type: 'page', parameter: written.parameter, first: written.first ?? 1 }
    : { ...written };
}

function lag(written: string | undefined): number {
  if (written === undefined) return 0;
  return Number(written.slice(0, -1)) * (seconds[written.slice(-1)] ?? 1);
}
