import type { Plan } from '@lakehouse/plan';

/** A column of the answer, by the name that the query gives it. */
export interface TrustColumn {
  readonly name: string;
  readonly label: string;
  readonly type: 'STRING' | 'TIMESTAMP' | 'BIGINT';
  readonly description: string;
}

export const trustColumns: readonly TrustColumn[] = [
  { name: 'table_name', label: 'Table', type: 'STRING', description: 'The published table.' },
  { name: 'release', label: 'Release', type: 'STRING', description: 'The release whose rows it has.' },
  { name: 'published_at', label: 'Published', type: 'TIMESTAMP', description: 'When that was published.' },
  {
    name: 'quality',
    label: 'Quality',
    type: 'STRING',
    description: 'What the audits said of these rows and of newer ones.',
  },
  {
    name: 'open_incidents',
    label: 'Open incidents',
    type: 'BIGINT',
    description: 'Of severity error, on it or on what it is made of.',
  },
];

/** Whether the plan describes what the query reads. */
export function canTellTrust({ opsTables }: Plan): boolean {
  return ['ops.releases', 'ops.runs'].every((name) => opsTables.some((table) => table.name === name));
}

/**
 * One row per published table: its release, what the audits said, incidents that stand.
 * A release is published only where no rule of severity error failed, so what is left to tell are warnings, and what was
 * found since. Each table that is asked costs time, so a failed audit is looked up among the runs only where the plan has no incidents.
 */
export function trustQuery({ opsTables }: Plan): string {
  const { standing, when, open } = opsTables.some(({ name }) => name === 'ops.incidents') ? byIncidents : byRuns;
  return `select
  newest.table_name,
  newest.facts.release,
  newest.facts.published_at,
  case
    when ${when}
    when newest.facts.is_rollback then 'passed; brought back by a rollback'
    when newest.facts.warnings = 1 then 'passed, with a warning'
    when newest.facts.warnings > 1 then concat('passed, with ', newest.facts.warnings, ' warnings')
    else 'passed'
  end as quality,
  ${open} as open_incidents
from (
  select
    table_name,
    max_by(
      named_struct(
        'release', coalesce(restores, release),
        'published_at', published_at,
        'is_rollback', restores is not null,
        'warnings', warnings,
        'domain', domain
      ),
      published_at
    ) as facts
  from ops.releases
  group by table_name
) newest
left join ${standing}`;
}

const byIncidents = {
  when: "incidents.number > 0 then concat('in doubt: ', incidents.latest)",
  open: 'coalesce(incidents.number, 0)',
  standing: `(
  select table_name, count(*) as number, max_by(description, last_seen) as latest
  from (
    select explode(split(downstream, ', ')) as table_name, description, last_seen
    from ops.incidents
    where severity = 'error' and status in ('open', 'acknowledged')
  ) affected
  group by table_name
) incidents on incidents.table_name = newest.table_name`,
};

const byRuns = {
  when: "runs.status = 'auditFailed' then 'passed; newer rows failed their audit and were held back'",
  open: 'cast(0 as bigint)',
  standing: `(
  select domain, max_by(status, started_at) as status
  from ops.runs
  where status in ('published', 'refined', 'rolledBack', 'auditFailed')
  group by domain
) runs on runs.domain = newest.facts.domain`,
};
