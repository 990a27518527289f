-- The outbox: what a run did, recorded also where Spark died, and projected into the ops tables. SQLite and PostgreSQL both read it.
create table if not exists runs (
  id text primary key, domain text not null, plan text not null, started_at text not null, finished_at text,
  status text not null, message text, release text, projected bigint not null default 0
);
-- A piece of work is recorded before it starts, so that a run after a crash repeats exactly the same batches.
create table if not exists work (
  id text primary key, step text not null, table_name text not null, epoch bigint not null, batches text not null,
  run text not null, finished_at text
);
create table if not exists ingested (
  table_name text not null, batch text not null, rows bigint not null, held text, primary key (table_name, batch)
);
create table if not exists refined (
  table_name text not null, epoch bigint not null, batch text not null, primary key (table_name, epoch, batch)
);
create table if not exists accounting (
  run text not null, work text not null, step text not null, table_name text not null, epoch bigint not null, batch text not null,
  read bigint not null, inserted bigint not null, updated bigint not null, unchanged bigint not null,
  superseded_in_batch bigint not null, superseded_by_target bigint not null, quarantined bigint not null, waiting bigint not null,
  recorded_at text not null, primary key (work, batch)
);
create table if not exists measures (
  table_name text not null, epoch bigint not null, batch text not null, check_id text not null, value double precision,
  primary key (table_name, epoch, batch, check_id)
);
-- Batches that a published release stands on; their checks need no further judgement.
create table if not exists released (
  table_name text not null, epoch bigint not null, batch text not null, release text not null, primary key (table_name, epoch, batch)
);
create table if not exists retried (
  table_name text primary key, parents text not null
);
create table if not exists check_results (
  run text not null, table_name text not null, batch text, check_id text not null, passed bigint not null, severity text not null,
  dimension text, actual double precision, expected text not null, description text not null, checked_at text not null
);
create table if not exists releases (
  id text primary key, run text not null, domain text not null, status text not null, tables text not null,
  batches text not null, intended_at text not null, published_at text
);
-- Releases that gave gold back the rows of an earlier one.
create table if not exists rollbacks (release text primary key, restores text not null);
create table if not exists steps (
  run text not null, step text not null, subject text not null, seconds double precision not null, rows bigint, detail text not null, finished_at text not null
);
-- What a scheduler calls a run, such as the name of its DAG run.
create table if not exists run_labels (run text primary key, label text not null);
-- The tasks of a run whose steps are processes of their own. A task that is done again replaces what it was.
create table if not exists tasks (
  run text not null, task text not null, attempt bigint, status text not null, message text, release text,
  started_at text not null, finished_at text, primary key (run, task)
);
-- The last judgement of a silver table: on which version, under which rules, of which batches.
create table if not exists verdicts (
  table_name text primary key, version bigint not null, rules text not null, batches text not null, passed bigint not null,
  run text not null, judged_at text not null
);
-- Gold candidates that are neither published nor replaced. Without a location no key was touched; without `passed` none was judged yet.
create table if not exists candidates (
  table_name text primary key, domain text not null, run text not null, location text, predicate text, inputs text not null,
  upstream text not null, rules text not null, base bigint not null, passed bigint, built_at text not null
);
-- Batches that people took out of a silver table.
create table if not exists reverted (
  table_name text not null, batch text not null, run text not null, by_whom text not null, reason text not null, reverted_at text not null,
  primary key (table_name, batch)
);
-- What is wrong with a table, from the first failed check until it passes again. `source`: gate, or dqops for its daily checks.
create table if not exists incidents (
  id text primary key, source text not null, domain text not null, table_name text not null, dimension text not null,
  severity text not null, status text not null, description text not null, failed_checks bigint not null, run text,
  first_seen text not null, last_seen text not null, by_whom text, resolved_at text, projected bigint not null default 0,
  -- The status that a webhook was told of last.
  told text
);
create table if not exists backfills (
  id text primary key, domain text not null, first_day text not null, last_day text not null, started_at text not null, finished_at text
);
-- Failed audits that a person set aside: the verdict of `overridden`, by whom and why; `run` published, where it came to that.
create table if not exists overrides (
  overridden text primary key, run text not null, domain text not null, by_whom text not null, reason text not null, overridden_at text not null
);
