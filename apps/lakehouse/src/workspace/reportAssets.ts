import { build } from 'esbuild';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** What a report carries inside, so that it needs no network. */
export interface ReportAssets {
  /** Defines `lakehouseReport`, with ECharts as far as it is used. */
  readonly script: string;
  readonly styles: string;
  /** The font as base64 of WOFF2. */
  readonly font: string;
}

/** Bundles the report's own script with ECharts and reads its styles and font. */
export async function readReportAssets(root: string): Promise<ReportAssets> {
  const app = join(root, 'apps', 'lakehouse');
  const font = createRequire(join(app, 'package.json')).resolve(
    '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  );
  const [bundle, styles, fontBytes] = await Promise.all([
    build({
      entryPoints: [join(app, 'src', 'report', 'client', 'main.ts')],
      bundle: true,
      minify: true,
      write: false,
      format: 'iife',
      globalName: 'lakehouseReport',
      target: 'es2022',
      legalComments: 'inline',
      logLevel: 'silent',
      conditions: ['@lakehouse/source'],
    }),
    readFile(join(app, 'src', 'report', 'report.css'), 'utf8'),
    readFile(font),
  ]);
  return { script: bundle.outputFiles[0]?.text ?? '', styles, font: fontBytes.toString('base64') };
}
