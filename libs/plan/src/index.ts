export { chartKinds, chartSchema, dashboardSchema, grains, type Chart, type Dashboard } from './dashboard.js';
export { accountingSchema, eventSchema, stepNameSchema, type Accounting, type Event } from './event.js';
export { domainSchema, planSchema, planVersion, type Domain, type Plan } from './plan.js';
export {
  checkSchema,
  comparisonSchema,
  countedRowsSchema,
  measureSchema,
  referenceSchema,
  rowRuleSchema,
  severitySchema,
  type AgeUnit,
  type Check,
  type Comparison,
  type CountedRows,
  type Measure,
  type Reference,
  type RowRule,
  type Severity,
} from './rules.js';
export {
  fileFormatSchema,
  paginationSchema,
  sourceSchema,
  type FileFormat,
  type Pagination,
  type Source,
} from './source.js';
export {
  columnSchema,
  goldTableSchema,
  opsTableSchema,
  projectionSchema,
  pythonModelSchema,
  silverTableSchema,
  tableSchema,
  type Column,
  type GoldTable,
  type OpsTable,
  type SilverTable,
  type Table,
} from './table.js';
