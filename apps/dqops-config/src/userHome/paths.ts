/** The name of the connection to the query server in DQOps; the pipeline's gate asks for it by this name. */
export const connectionName = 'lakehouse';

export const sourceFolder = `sources/${connectionName}`;

/** Where DQOps looks for the file of a table. */
export function tablePath(schema: string, table: string): string {
  return `${sourceFolder}/${schema}.${table}.dqotable.yaml`;
}
