/** A metric in the language of dashboards/*.yaml. */
export interface MetricEntry {
  readonly expression: string;
  readonly label: string;
  readonly format?: string;
}

/** A chart in that language. */
export interface ChartEntry {
  readonly name: string;
  readonly title: string;
  readonly type: string;
  readonly table: string;
  readonly x?: string;
  readonly grain?: string;
  readonly by?: readonly string[];
  readonly where?: string;
  readonly metric?: MetricEntry;
  readonly metrics?: readonly MetricEntry[];
  readonly horizontal?: true;
  readonly limit?: number;
  readonly width: number;
}

/** A dashboard as it was found in Superset, and what of it the language cannot say. */
export interface FoundDashboard {
  readonly dashboard: string;
  readonly title: string;
  readonly description?: string;
  readonly filters?: readonly string[];
  readonly charts: readonly ChartEntry[];
  readonly leftOut: readonly string[];
}
