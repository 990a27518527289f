select
  newest.table_name,
  newest.facts.release,
  newest.facts.published_at,
  case
    when incidents.number > 0 then concat('in doubt: ', incidents.latest)
    when newest.facts.is_rollback then 'passed; brought back by a rollback'
    when newest.facts.warnings = 1 then 'passed, with a warning'
    when newest.facts.warnings > 1 then concat('passed, with ', newest.facts.warnings, ' warnings')
    else 'passed'
  end as quality,
  coalesce(incidents.number, 0) as open_incidents
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
left join (
  select table_name, count(*) as number, max_by(description, last_seen) as latest
  from (
    select explode(split(downstream, ', ')) as table_name, description, last_seen
    from ops.incidents
    where severity = 'error' and status in ('open', 'acknowledged')
  ) affected
  group by table_name
) incidents on incidents.table_name = newest.table_name
