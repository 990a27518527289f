import { type Settings } from './settings.js';
import { yamlFile } from './yamlFile.js';

const never = { cron_expression: '0 0 1 1 *', disabled: true };

/** The connection to the query server. `plan` is the hash of the plan that the tables beside it are of: the gate compares it. */
export function connectionFile(plan: string, { queryServer, user, credential, schedule }: Settings): string {
  return yamlFile('source', {
    provider_type: 'spark',
    spark: {
      host: queryServer.host,
      port: String(queryServer.port),
      user,
      password: `\${credential://${credential}}`,
    },
    // The licence without an account runs one job at a time anyway.
    parallel_jobs_limit: 1,
    schedules: {
      // The gate starts profiling itself, when there is a candidate to look at.
      profiling: never,
      monitoring_daily: schedule === null ? never : { cron_expression: schedule },
      monitoring_monthly: never,
      partitioned_daily: never,
      partitioned_monthly: never,
    },
    incident_grouping: {
      grouping_level: 'table_dimension_category',
      minimum_severity: 'warning',
      max_incident_length_days: 60,
      mute_for_days: 60,
    },
    advanced_properties: { plan },
  });
}
