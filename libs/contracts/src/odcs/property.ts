import { z } from 'zod';
import { oneOf } from '../report/oneOf.js';
import { combinationIssue } from './combinationIssue.js';
import { anyMap, anyValue, authoritativeDefinitions, customProperties, stableId, tags } from './common.js';
import { logicalTypeOptions, logicalTypes, type LogicalType } from './logicalTypeOptions.js';
import { quality } from './quality.js';
import { propertyRelationship } from './relationship.js';

const base = {
  id: stableId.optional(),
  description: z.string().optional(),
  businessName: z.string().optional(),
  authoritativeDefinitions: authoritativeDefinitions.optional(),
  tags: tags.optional(),
  customProperties: customProperties.optional(),
  primaryKey: z.boolean().optional(),
  primaryKeyPosition: z.int().optional(),
  logicalType: z.enum(logicalTypes).optional(),
  logicalTypeOptions: anyMap.optional(),
  physicalType: z.string().optional(),
  physicalName: z.string().optional(),
  required: z.boolean().optional(),
  unique: z.boolean().optional(),
  partitioned: z.boolean().optional(),
  partitionKeyPosition: z.int().optional(),
  classification: z.string().optional(),
  encryptedName: z.string().optional(),
  transformSourceObjects: z.array(z.string()).optional(),
  transformLogic: z.string().optional(),
  transformDescription: z.string().optional(),
  examples: z.array(anyValue).optional(),
  criticalDataElement: z.boolean().optional(),
  relationships: z.array(propertyRelationship).optional(),
  quality: z.array(quality).optional(),
};

interface Parts {
  readonly logicalType?: LogicalType | undefined;
  readonly logicalTypeOptions?: Record<string, unknown> | undefined;
  readonly properties?: unknown;
  readonly items?: unknown;
}

/** The logical type decides which options a property has, and whether it has properties or items of its own. */
function checkParts(parts: Parts, context: z.core.$RefinementCtx): void {
  const { logicalType: type, logicalTypeOptions: options } = parts;
  if (type === undefined) {
    // The standard then applies the options of every type at once, and those have no key in common.
    for (const key of Object.keys(options ?? {})) {
      combinationIssue(
        context,
        ['logicalTypeOptions', key],
        `\`${key}\` needs to know the logical type.`,
        'Add `logicalType`.',
      );
    }
    return;
  }
  if (type !== 'object' && parts.properties !== undefined) {
    combinationIssue(
      context,
      ['properties'],
      `A property of type \`${type}\` has no properties.`,
      'Remove them, or write `logicalType: object`.',
    );
  }
  if (type !== 'array' && parts.items !== undefined) {
    combinationIssue(
      context,
      ['items'],
      `A property of type \`${type}\` has no items.`,
      'Remove them, or write `logicalType: array`.',
    );
  }
  if (options !== undefined) checkOptions(type, options, context);
}

function checkOptions(type: LogicalType, options: Record<string, unknown>, context: z.core.$RefinementCtx): void {
  const schema = logicalTypeOptions[type];
  const known = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  for (const issue of schema.safeParse(options).error?.issues ?? []) {
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) {
        combinationIssue(
          context,
          ['logicalTypeOptions', key],
          `A \`${type}\` has no option \`${key}\`.`,
          oneOf(key, known),
        );
      }
    } else {
      const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
      combinationIssue(
        context,
        ['logicalTypeOptions', ...path],
        `\`${path.join('.')}\`: ${issue.message}.`,
        'Correct the value.',
      );
    }
  }
}

type Base = z.infer<z.ZodObject<typeof base, z.core.$strict>>;

/** A column, or a field of one. */
export interface Property extends Base {
  name: string;
  properties?: Property[] | undefined;
  items?: ItemProperty | undefined;
}

/** The items of an array; they need no name. */
export interface ItemProperty extends Base {
  name?: string | undefined;
  properties?: Property[] | undefined;
  items?: ItemProperty | undefined;
}

const nested = {
  properties: z.lazy(() => z.array(property)).optional(),
  items: z.lazy(() => itemProperty).optional(),
};

export const property: z.ZodType<Property> = z
  .strictObject({ ...base, name: z.string(), ...nested })
  .superRefine(checkParts);
const itemProperty: z.ZodType<ItemProperty> = z
  .strictObject({ ...base, name: z.string().optional(), ...nested })
  .superRefine(checkParts);
