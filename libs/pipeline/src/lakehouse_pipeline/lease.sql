-- One writer per domain. A holder that lives has PostgreSQL's application lock of the lease's number; it ends with its connection.
create table if not exists leases (
  domain text primary key, number int generated always as identity, fence bigint not null default 0,
  run text, owner text, host text, since text, session text, kept_until timestamptz
);
-- Tables that the metastore knows by name.
create table if not exists catalogued (table_name text primary key, location text not null);
