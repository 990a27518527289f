import { positionOf, type Problem, readYaml, type YamlDocument } from '@lakehouse/contracts';
import { checkShape } from '../text/checkShape.js';
import type { SourceFile } from '../text/problemIn.js';
import { type DashboardFile, dashboardFileSchema } from './dashboardFileSchema.js';

export interface DashboardReading {
  readonly dashboard: { readonly value: DashboardFile; readonly document: YamlDocument } | null;
  readonly problems: readonly Problem[];
}

const codes = {
  LH1101: 'LH1601',
  LH1102: 'LH1602',
  LH1103: 'LH1603',
  LH1104: 'LH1604',
  LH1105: 'LH1605',
  LH1106: 'LH1606',
};

/** Reads a dashboard file and reports everything in it that is not of the language. */
export function readDashboard(file: SourceFile): DashboardReading {
  const { document, problems } = readYaml(file.path, file.text);
  if (!document) return { dashboard: null, problems };
  const { value, problems: shape } = checkShape(document, dashboardFileSchema, codes);
  const name = /([^/]+)\.yaml$/.exec(file.path)?.[1];
  const misnamed: Problem[] = [];
  if (value && value.dashboard !== name) {
    misnamed.push({
      code: 'LH1607',
      severity: 'error',
      file: file.path,
      ...positionOf(document, ['dashboard']),
      message: `The dashboard is called \`${value.dashboard}\`, but its file \`${name}.yaml\`.`,
      fix: `Write \`dashboard: ${name}\`, or rename the file.`,
    });
  }
  return { dashboard: value && { value, document }, problems: [...problems, ...shape, ...misnamed] };
}
