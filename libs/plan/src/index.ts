export { chartSchema, dashboardSchema, type Chart, type Dashboard } from './dashboard.js';
export { accountingSchema, eventSchema, stepNameSchema, type Accounting, type Event } from './event.js';
export { domainSchema, planSchema, planVersion, type Domain, type Plan } from './plan.js';
export {
  checkSchema,
  comparisonSchema,
  measureSchema,
  referenceSchema,
  rowRuleSchema,
  severitySchema,
  type Check,
  type Comparison,
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
  projectionSchema,
  pythonModelSchema,
  silverTableSchema,
  tableSchema,
  type Column,
  type GoldTable,
  type SilverTable,
  type Table,
} from './table.js';
