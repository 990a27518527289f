import { z } from 'zod';

export const severitySchema = z.enum(['warning', 'error']).meta({ id: 'Severity' });
export type Severity = z.infer<typeof severitySchema>;

/** The comparison operators of the Open Data Contract Standard, without their `mustBe` prefix. */
export const comparisonSchema = z
  .discriminatedUnion('operator', [
    z.strictObject({ operator: z.literal('equal'), value: z.number() }).meta({ id: 'Equal' }),
    z.strictObject({ operator: z.literal('notEqual'), value: z.number() }).meta({ id: 'NotEqual' }),
    z.strictObject({ operator: z.literal('greaterThan'), value: z.number() }).meta({ id: 'GreaterThan' }),
    z.strictObject({ operator: z.literal('greaterOrEqual'), value: z.number() }).meta({ id: 'GreaterOrEqual' }),
    z.strictObject({ operator: z.literal('lessThan'), value: z.number() }).meta({ id: 'LessThan' }),
    z.strictObject({ operator: z.literal('lessOrEqual'), value: z.number() }).meta({ id: 'LessOrEqual' }),
    z.strictObject({ operator: z.literal('between'), low: z.number(), high: z.number() }).meta({ id: 'Between' }),
    z.strictObject({ operator: z.literal('notBetween'), low: z.number(), high: z.number() }).meta({ id: 'NotBetween' }),
  ])
  .meta({ id: 'Comparison' });
export type Comparison = z.infer<typeof comparisonSchema>;

const described = {
  /** Stable across edits of other rules: `silver.flights/carrier/required`. */
  id: z.string(),
  /** The column the rule speaks of, or null for the whole row or table. */
  column: z.string().nullable(),
  description: z.string(),
  /** Quality dimension of the standard (completeness, conformity, …), or null. */
  dimension: z.string().nullable(),
};

/** Columns of this table whose values must exist as `parentColumns` of `parent`; a row with a null in them is not judged. */
export const referenceSchema = z
  .strictObject({
    columns: z.array(z.string()).min(1),
    parent: z.string(),
    parentColumns: z.array(z.string()).min(1),
  })
  .meta({ id: 'Reference' });
export type Reference = z.infer<typeof referenceSchema>;

/** A rule that each row passes or is quarantined for. Row rules always have severity error. */
export const rowRuleSchema = z
  .discriminatedUnion('kind', [
    /** `violation` is a Spark SQL boolean over the typed columns, true where the row breaks the rule. */
    z
      .strictObject({ kind: z.literal('expression'), ...described, violation: z.string() })
      .meta({ id: 'ExpressionRule' }),
    /** The value of `column` was present and could not be cast to the contract's type. */
    z.strictObject({ kind: z.literal('type'), ...described, column: z.string() }).meta({ id: 'TypeRule' }),
    /** The row waits until its parent arrives. */
    z
      .strictObject({ kind: z.literal('reference'), ...described, reference: referenceSchema })
      .meta({ id: 'ReferenceRule' }),
  ])
  .meta({ id: 'RowRule' });
export type RowRule = z.infer<typeof rowRuleSchema>;

/** The rows that make the number of an aggregate, so that they can be shown. */
export const countedRowsSchema = z
  .discriminatedUnion('kind', [
    /** Those for which a Spark SQL condition is true. */
    z.strictObject({ kind: z.literal('where'), condition: z.string() }).meta({ id: 'RowsWhere' }),
    /** Those that share their values of `columns` with another row. */
    z.strictObject({ kind: z.literal('repeated'), columns: z.array(z.string()).min(1) }).meta({ id: 'RowsRepeated' }),
  ])
  .meta({ id: 'CountedRows' });
export type CountedRows = z.infer<typeof countedRowsSchema>;

/** How the number that a check compares is found. */
export const measureSchema = z
  .discriminatedUnion('kind', [
    /** A Spark SQL aggregate over the typed columns; all aggregates of a table are read in one pass. */
    z
      .strictObject({
        kind: z.literal('aggregate'),
        expression: z.string(),
        /** Left out where all rows make it. */
        rows: countedRowsSchema.optional(),
      })
      .meta({ id: 'AggregateMeasure' }),
    /** A Spark SQL query of one value; `${table}` stands for what is judged, `${layer.table}` for any other table. */
    z.strictObject({ kind: z.literal('query'), sql: z.string() }).meta({ id: 'QueryMeasure' }),
    /** The rows, or the percentage of rows, whose reference finds no parent. */
    z
      .strictObject({ kind: z.literal('orphans'), reference: referenceSchema, unit: z.enum(['rows', 'percent']) })
      .meta({ id: 'OrphansMeasure' }),
    /** The time between the newest value of `column` and the run's clock, in units of so many seconds. */
    z
      .strictObject({ kind: z.literal('age'), column: z.string(), unitSeconds: z.int().positive() })
      .meta({ id: 'AgeMeasure' }),
  ])
  .meta({ id: 'Measure' });
export type Measure = z.infer<typeof measureSchema>;

/** Units of time, as the contract declares how old a table may be. */
const ageUnitSchema = z.enum(['s', 'min', 'h', 'd', 'w', 'months', 'y']);
export type AgeUnit = z.infer<typeof ageUnitSchema>;

/** A rule about many rows at once. `batch` judges each batch before its rows are quarantined, `table` the table as it would stand. */
export const checkSchema = z
  .strictObject({
    ...described,
    scope: z.enum(['batch', 'table']),
    severity: severitySchema,
    measure: measureSchema,
    unit: z.enum(['rows', 'percent', ...ageUnitSchema.options]).nullable(),
    comparison: comparisonSchema,
  })
  .meta({ id: 'Check' });
export type Check = z.infer<typeof checkSchema>;
