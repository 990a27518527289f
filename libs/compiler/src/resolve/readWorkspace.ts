import { type Contract, parseContract, type Problem } from '@lakehouse/contracts';
import { type DomainFile } from '../domain/domainFileSchema.js';
import { readDomain, type ReadDomain } from '../domain/readDomain.js';
import { type DashboardReading, readDashboard } from '../dashboard/readDashboard.js';
import { type PythonModel, readPythonModel } from '../python/pythonModel.js';
import { type GoldModel, readGoldModel } from '../sql/goldModel.js';
import { readSilverModel, type SilverModel } from '../sql/silverModel.js';
import { problemIn, type SourceFile } from '../text/problemIn.js';
import { type DomainFolder, type TableFile, workspaceFiles } from './workspaceFiles.js';

export type Model =
  | { readonly kind: 'silver'; readonly model: SilverModel }
  | { readonly kind: 'gold'; readonly model: GoldModel }
  | { readonly kind: 'python'; readonly model: PythonModel };

/** All files of one domain, each understood as far as it can be without the others. */
export interface Domain {
  readonly name: string;
  readonly team: string;
  readonly folder: DomainFolder;
  readonly settings: DomainFile;
  /** Null where domain.yaml has errors: then `settings` say only what the domain is called, and nothing is known of its sources. */
  readonly document: ReadDomain['document'] | null;
  readonly contracts: readonly Contract[];
  /** Contracts with errors, without their faulty parts. */
  readonly drafts: readonly Contract[];
  readonly models: ReadonlyMap<string, Model>;
  readonly dashboards: readonly NonNullable<DashboardReading['dashboard']>[];
}

export interface Workspace {
  readonly domains: readonly Domain[];
  /** Tables whose contract or model has errors already; nothing that follows from them is worth a report. */
  readonly broken: ReadonlySet<string>;
  readonly problems: readonly Problem[];
}

/** Reads every file of a workspace by itself. */
export function readWorkspace(files: readonly SourceFile[]): Workspace {
  const { folders, problems: placement } = workspaceFiles(files);
  const problems: Problem[] = [...placement];
  const broken = new Set<string>();
  const domains = folders.flatMap((folder): Domain[] => {
    const { domain, problems: found } = readDomain(folder.domainFile);
    problems.push(...found);
    const readings = folder.contracts.map(({ file, table }) => {
      const reading = parseContract(file.path, file.text);
      problems.push(...reading.problems);
      if (!reading.contract) broken.add(table);
      return reading;
    });
    const contracts = readings.flatMap(({ contract }) => contract ?? []);
    const drafts = readings.flatMap(({ draft }) => draft ?? []);
    const models = readModels(folder, problems, broken);
    const dashboards = folder.dashboards.flatMap((file) => {
      const reading = readDashboard(file);
      problems.push(...reading.problems);
      return reading.dashboard ? [reading.dashboard] : [];
    });
    const { value: settings, document } = domain ?? { value: unreadable(folder), document: null };
    const { domain: name, team } = settings;
    return [{ name, team, folder, settings, document, contracts, drafts, models, dashboards }];
  });
  return { domains, broken, problems };
}

function unreadable({ path }: DomainFolder): DomainFile {
  return { domain: path.split('/').at(-1) ?? '', team: '' };
}

function readModels(folder: DomainFolder, problems: Problem[], broken: Set<string>): ReadonlyMap<string, Model> {
  const models = new Map<string, Model>();
  const take = (table: string, found: readonly Problem[], model: Model | null): void => {
    problems.push(...found);
    if (!model || found.some((problem) => problem.severity === 'error')) broken.add(table);
    if (model) models.set(table, model);
  };
  for (const { file, table } of folder.sqlModels) {
    if (table.startsWith('silver.')) {
      const { model, problems: found } = readSilverModel(file);
      take(table, found, model && { kind: 'silver', model });
    } else {
      const { model, problems: found } = readGoldModel(file);
      take(table, found, model && { kind: 'gold', model });
    }
  }
  for (const { file, table } of folder.pythonModels) {
    const { model, problems: found } = readPythonModel(file);
    const other = folder.sqlModels.find((candidate: TableFile) => candidate.table === table);
    const twice = other
      ? [
          problemIn(file, {
            code: 'LH1402',
            offset: null,
            message: `\`${table}\` has two models: this one and ${other.file.path}.`,
            fix: 'Remove one of them.',
          }),
        ]
      : [];
    take(table, [...found, ...twice], model && { kind: 'python', model });
  }
  return models;
}
