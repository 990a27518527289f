import { z } from 'zod';
import { checkSchema, rowRuleSchema } from './rules.js';

export const columnSchema = z
  .strictObject({
    name: z.string(),
    /** Spark SQL type: `bigint`, `decimal(10,2)`, `timestamp`. */
    type: z.string(),
    logicalType: z.string(),
    nullable: z.boolean(),
    description: z.string(),
    classification: z.string().nullable(),
    tags: z.array(z.string()),
    examples: z.array(z.string()),
  })
  .meta({ id: 'Column' });
export type Column = z.infer<typeof columnSchema>;

const described = {
  /** `silver.flights` */
  name: z.string(),
  domain: z.string(),
  team: z.string(),
  description: z.string(),
  contract: z
    .strictObject({ id: z.string(), name: z.string(), version: z.string(), status: z.string(), file: z.string() })
    .meta({ id: 'ContractReference' }),
  columns: z.array(columnSchema).min(1),
  /** Primary key columns in their order. */
  key: z.array(z.string()),
};

/** A table that the runtime writes about its own work. */
export const opsTableSchema = z.strictObject({ layer: z.literal('ops'), ...described }).meta({ id: 'OpsTable' });
export type OpsTable = z.infer<typeof opsTableSchema>;

const common = {
  ...described,
  partitionedBy: z.array(z.string()),
  clusteredBy: z.array(z.string()),
  /** Table rules, judged by the audit. */
  checks: z.array(checkSchema),
  /** Rows whose `column` is older than `days` are deleted by `maintain`. */
  retention: z.strictObject({ column: z.string(), days: z.number().positive() }).meta({ id: 'Retention' }).nullable(),
  /** SHA-256 of all that decides the table's content: model, columns, row rules and the same of its inputs. */
  fingerprint: z.string(),
};

/** A table that a model reads, and the function or SQL name that it has there. */
export const pythonModelSchema = z
  .strictObject({
    kind: z.literal('python'),
    file: z.string(),
    source: z.string(),
    /** Name of the function that the runtime calls. */
    function: z.string(),
    parameters: z.array(z.strictObject({ name: z.string(), table: z.string() }).meta({ id: 'ModelParameter' })),
  })
  .meta({ id: 'PythonModel' });

/** How a silver row is made of a bronze row. */
export const projectionSchema = z
  .discriminatedUnion('kind', [
    z
      .strictObject({
        kind: z.literal('sql'),
        /** Alias of the bronze table in the expressions. */
        alias: z.string(),
        /** Spark SQL over the bronze columns, one for each contract column, before the cast to the contract's type. */
        expressions: z.array(
          z.strictObject({ column: z.string(), expression: z.string() }).meta({ id: 'ColumnExpression' }),
        ),
      })
      .meta({ id: 'SqlProjection' }),
    pythonModelSchema,
  ])
  .meta({ id: 'Projection' });

export const silverTableSchema = z
  .strictObject({
    layer: z.literal('silver'),
    ...common,
    /** `bronze.flights` */
    origin: z.string(),
    /** The bronze columns that the projection reads. */
    originColumns: z.array(z.string()),
    projection: projectionSchema,
    rowRules: z.array(rowRuleSchema),
    /** The larger value wins a merge; null: the landing sequence does. */
    orderingColumn: z.string().nullable(),
    /** Percentage of a batch's rows that may be quarantined before the audit fails. */
    maxQuarantine: z.number().min(0).max(100),
  })
  .meta({ id: 'SilverTable' });
export type SilverTable = z.infer<typeof silverTableSchema>;

export const goldTableSchema = z
  .strictObject({
    layer: z.literal('gold'),
    ...common,
    model: z
      .discriminatedUnion('kind', [
        /** `${layer.table}` stands where the model names a table. */
        z.strictObject({ kind: z.literal('sql'), file: z.string(), sql: z.string() }).meta({ id: 'SqlModel' }),
        pythonModelSchema,
      ])
      .meta({ id: 'GoldModel' }),
    /** Every table that the model reads. */
    inputs: z.array(z.string()).min(1),
    /**
     * The columns by which changes are recomputed: all rows of gold with one value of these columns are replaced together.
     * For each input the Spark SQL expressions, in the order of `columns`, that map a row of it to those values;
     * an input without them means the whole table. Null: always the whole table.
     */
    affectedKeys: z
      .strictObject({
        columns: z.array(z.string()).min(1),
        inputs: z.array(
          z.strictObject({ table: z.string(), expressions: z.array(z.string()).min(1) }).meta({ id: 'InputMapping' }),
        ),
      })
      .meta({ id: 'AffectedKeys' })
      .nullable(),
  })
  .meta({ id: 'GoldTable' });
export type GoldTable = z.infer<typeof goldTableSchema>;

export const tableSchema = z.discriminatedUnion('layer', [silverTableSchema, goldTableSchema]).meta({ id: 'Table' });
export type Table = z.infer<typeof tableSchema>;
