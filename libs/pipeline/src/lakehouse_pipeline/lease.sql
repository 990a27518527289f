-- One writer per domain. A holder that lives has PostgreSQL's application lock of the lease's number; it ends with its connection.
-- The tasks of one owner share the lease of a domain, and each has those of the parts that it works on: `domain/part`.
create table if not exists leases (
  domain text primary key, number int generated always as identity, fence bigint not null default 0,
  run text, owner text, host text, since text, session text, kept_until timestamptz
);
-- Tables that the metastore knows by name.
create table if not exists catalogued (table_name text primary key, location text not null);
-- Superset ties the answers that it keeps to the last release. Where it is left out there is no such role.
do $$ begin
  if exists (select from pg_roles where rolname = 'superset') and not has_any_column_privilege('superset', 'releases', 'select') then
    grant select (status, published_at) on releases to superset;
  end if;
end $$;
