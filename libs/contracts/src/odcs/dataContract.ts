import { z } from 'zod';
import { authoritativeDefinitions, customProperties, scalarValue, stableId, tags } from './common.js';
import { date, dateTime } from './formats.js';
import { property } from './property.js';
import { quality } from './quality.js';
import { objectRelationship } from './relationship.js';
import { role } from './role.js';
import { server } from './server.js';

export const apiVersions = ['v3.1.0', 'v3.0.2', 'v3.0.1', 'v3.0.0', 'v2.2.2', 'v2.2.1', 'v2.2.0'] as const;

const text = z.string().optional();

export const schemaObject = z.strictObject({
  id: stableId.optional(),
  name: z.string(),
  logicalType: z.literal('object').optional(),
  physicalType: text,
  physicalName: text,
  description: text,
  businessName: text,
  dataGranularityDescription: text,
  authoritativeDefinitions: authoritativeDefinitions.optional(),
  tags: tags.optional(),
  customProperties: customProperties.optional(),
  properties: z.array(property).optional(),
  relationships: z.array(objectRelationship).optional(),
  quality: z.array(quality).optional(),
});
export type SchemaObject = z.infer<typeof schemaObject>;

const teamMember = z.strictObject({
  id: stableId.optional(),
  username: z.string(),
  name: text,
  description: text,
  role: text,
  dateIn: date.optional(),
  dateOut: date.optional(),
  replacedByUsername: text,
  tags: tags.optional(),
  customProperties: customProperties.optional(),
  authoritativeDefinitions: authoritativeDefinitions.optional(),
});

const team = z.strictObject({
  id: stableId.optional(),
  name: text,
  description: text,
  members: z.array(teamMember).optional(),
  tags: tags.optional(),
  customProperties: customProperties.optional(),
  authoritativeDefinitions: authoritativeDefinitions.optional(),
});

export const serviceLevel = z.strictObject({
  id: stableId.optional(),
  property: z.string(),
  value: scalarValue,
  valueExt: scalarValue.optional(),
  unit: text,
  element: text,
  driver: text,
  description: text,
  scheduler: text,
  schedule: text,
});
export type ServiceLevel = z.infer<typeof serviceLevel>;

/** The Open Data Contract Standard v3.1.0. */
export const dataContract = z.strictObject({
  version: z.string(),
  kind: z.literal('DataContract'),
  apiVersion: z.enum(apiVersions),
  id: z.string(),
  name: text,
  tenant: text,
  tags: tags.optional(),
  status: z.string(),
  servers: z.array(server).optional(),
  dataProduct: text,
  description: z
    .looseObject({
      usage: text,
      purpose: text,
      limitations: text,
      authoritativeDefinitions: authoritativeDefinitions.optional(),
      customProperties: customProperties.optional(),
    })
    .optional(),
  domain: text,
  schema: z.array(schemaObject).optional(),
  support: z
    .array(
      z.strictObject({
        id: stableId.optional(),
        channel: z.string(),
        url: text,
        description: text,
        tool: text,
        scope: text,
        invitationUrl: text,
        customProperties: customProperties.optional(),
      }),
    )
    .optional(),
  price: z
    .strictObject({
      id: stableId.optional(),
      priceAmount: z.number().optional(),
      priceCurrency: text,
      priceUnit: text,
    })
    .optional(),
  team: z.union([team, z.array(teamMember)]).optional(),
  roles: z.array(role).optional(),
  slaDefaultElement: text,
  slaProperties: z.array(serviceLevel).optional(),
  authoritativeDefinitions: authoritativeDefinitions.optional(),
  customProperties: customProperties.optional(),
  contractCreatedTs: dateTime.optional(),
});
export type DataContract = z.infer<typeof dataContract>;
