import type { Domain } from './readWorkspace.js';

/** Whether there is a file for the model of a table, be it readable or not. */
export function hasModelFile({ folder }: Domain, table: string): boolean {
  return [...folder.sqlModels, ...folder.pythonModels].some((file) => file.table === table);
}
