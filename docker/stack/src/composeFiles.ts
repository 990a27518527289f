import { type Stack } from '@lakehouse/compose';
import { airflowStack } from './airflowStack.js';
import { stack } from './stack.js';

/** A compose file of the workspace's root, and what it starts. */
export interface ComposeFile {
  readonly file: string;
  readonly stack: Stack;
  /** By which name `up` leaves it out; null: it is what all others stand on. */
  readonly part: FilePart | null;
}

/** The one that has a compose file of its own. */
export type FilePart = 'airflow';

/** Parts of the platform that it works without; a part without a file of its own is a profile of docker-compose.yaml. */
export const partNames = ['airflow', 'dqops', 'superset'] as const;
export type PartName = (typeof partNames)[number];

/** In the order in which they start. */
export const composeFiles: readonly ComposeFile[] = [
  { file: 'docker-compose.yaml', stack, part: null },
  { file: 'docker-compose-airflow.yaml', stack: airflowStack, part: 'airflow' },
];
