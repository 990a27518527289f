import { type Endpoint } from '@lakehouse/connections';

/** What a user home is rendered from besides the plan. */
export interface Settings {
  /** The query server as DQOps reaches it. */
  readonly queryServer: Endpoint;
  readonly user: string;
  /** The file in `.credentials` that holds the user's password. */
  readonly credential: string;
  /** A cron expression by which DQOps itself runs the daily checks; null where something else starts them. */
  readonly schedule: string | null;
  /** URLs that are told of incidents. */
  readonly notify: readonly string[];
}
