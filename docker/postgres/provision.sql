-- Variables: role, and the file that holds its password. May run any number of times.
\set password `cat :'secret'`

select format('create role %I login', :'role')
where not exists (select from pg_roles where rolname = :'role') \gexec

alter role :"role" password :'password';

select format('create database %I owner %I template template0', :'role', :'role')
where not exists (select from pg_database where datname = :'role') \gexec

revoke all on database :"role" from public;

-- Superset looks up the last release; the ledger's owner says which columns it may read.
select 'grant connect on database lakehouse to superset'
where :'role' in ('lakehouse', 'superset')
  and exists (select from pg_roles where rolname = 'superset')
  and exists (select from pg_database where datname = 'lakehouse') \gexec
