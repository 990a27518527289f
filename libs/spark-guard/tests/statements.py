"""What user `bi` may run, and what nobody may: each one refused at once, whatever the tables."""

from __future__ import annotations

ALLOWED = """
select * from gold.t
select count(*), max(name) from gold.t where id > 0 group by id having count(*) > 0 order by 1 limit 5 offset 0
select * from spark_catalog.gold.t
select name from gold.of_gold
with mine as (select * from gold.t) select * from mine join ops.t using (id)
with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < 5) select * from numbers, gold.t
select *, row_number() over (partition by name order by id) as place from gold.t qualify place = 1
select * from gold.t where id in (select id from ops.t) and exists (select 1 from ops.t o where o.id = t.id)
select * from gold.t union all select * from ops.t intersect select * from gold.t except select 2, 'x'
select * from gold.t left semi join ops.t on gold.t.id = ops.t.id
select * from gold.t, lateral (select max(name) from ops.t o where o.id = t.id)
select * from gold.t lateral view explode(array(1, 2)) numbers as number
select * from gold.t pivot (max(name) for id in (1, 2))
select * from gold.t unpivot (value for column in (id))
select id, name, count(*) from gold.t group by grouping sets ((id), (name), ())
select id, sum(id) over w from gold.t window w as (order by id) sort by id
select * from gold.t tablesample (50 percent)
select /*+ broadcast(o), coalesce(1) */ t.id from gold.t t join ops.t o on t.id = o.id
select distinct id, percentile_approx(id, 0.5), listagg(name) from gold.t group by all
from gold.t |> where id = 1 |> aggregate count(*) as rows
select * from gold.t version as of 0
select transform(array(1), x -> x + 1), from_json('{"a":1}', 'a int'), schema_of_json('{"a":1}'), map(1, 2), uuid()
select current_user(), current_database(), version(), current_timestamp()
select name rlike '^g', regexp_replace(name, 'o', '0'), cast(id as string), try_cast(name as int) from gold.t
select * from range(3)
select * from values (1, 'a') as v(x, y)
select 1
use gold
use default
show tables in gold
show tables in gold like 't*'
show table extended in gold like 't'
show views in gold
show columns in gold.t
show tblproperties gold.t
show functions like 'abs'
show current namespace
describe gold.t
describe table extended gold.t
describe gold.t name
describe schema gold
describe query select * from gold.t
describe function abs
explain select * from gold.t
explain extended select * from gold.of_gold
""".strip().splitlines()

WRITES = """
insert into gold.t values (2, 'x')
insert overwrite gold.t values (2, 'x')
with x as (select 2, 'x') insert into gold.t select * from x
from gold.t insert into gold.t select * insert into ops.t select *
insert overwrite directory '/tmp/lakehouse-attack' using csv select * from gold.t
insert overwrite local directory '/tmp/lakehouse-attack' using csv select * from gold.t
delete from gold.t
update gold.t set name = 'x'
merge into gold.t using ops.t s on gold.t.id = s.id when matched then delete
create table gold.n (a int) using delta
create table gold.n using delta as select 1 as a
create table gold.n like gold.t
create table gold.n shallow clone gold.t
create or replace table gold.t using delta as select 1 as a
create view gold.n as select 1
create temporary view n as select 1
create temporary view n using csv options (path '/etc/hostname')
create global temporary view n as select 1
create function gold.f as 'java.lang.String'
create function gold.f(a int) returns int return a
create temporary function f as 'java.lang.String'
create temporary function f as 'x' using jar '/tmp/x.jar'
create schema n
drop table gold.t
drop view gold.of_gold
drop schema gold cascade
drop function gold.f
drop temporary function abs
alter table gold.t add columns (z int)
alter table gold.t set tblproperties ('a' = 'b')
alter table gold.t rename to gold.n
alter view gold.of_gold as select 1
alter schema gold set dbproperties ('a' = 'b')
comment on table gold.t is 'x'
comment on schema gold is 'x'
truncate table gold.t
analyze table gold.t compute statistics
repair table gold.t
load data local inpath '/etc/hostname' into table gold.t
optimize gold.t
vacuum gold.t
vacuum delta.`/tmp/x`
restore table gold.t to version as of 0
reorg table gold.t apply (purge)
convert to delta parquet.`/tmp/x`
generate symlink_format_manifest for table gold.t
cache table gold.t
cache lazy table n as select * from gold.t
uncache table gold.t
clear cache
refresh table gold.t
refresh '/tmp'
refresh function abs
explain insert into gold.t values (2, 'x')
explain drop table gold.t
""".strip().splitlines()

SETTINGS = """
set
set -v
set spark.sql.ansi.enabled
set spark.sql.ansi.enabled = false
set spark.sql.runSQLOnFiles = true
set spark.hadoop.lakehouse.canary
set time zone 'UTC'
set catalog spark_catalog
set path = spark_catalog.bronze
reset
reset spark.sql.ansi.enabled
add jar '/tmp/x.jar'
add file '/etc/passwd'
add archive '/tmp/x.zip'
list jars
list files
declare variable v int default 1
declare v = java_method('java.lang.System', 'setProperty', 'lakehouse.attack', '1')
set variable v = 1
execute immediate 'select 1'
execute immediate "select java_method('java.lang.System', 'setProperty', 'lakehouse.attack', '1')"
begin select 1; end
begin declare x int default java_method('java.lang.System', 'setProperty', 'lakehouse.attack', '1'); select x; end
call system.anything()
describe history gold.t
describe detail gold.t
show catalogs
""".strip().splitlines()

ESCAPES = """
select * from csv.`/etc/hostname`
select * from text.`/etc/hostname`
select * from spark_catalog.text.`/etc/hostname`
select * from binaryFile.`/etc/hostname`
select * from parquet.`s3a://bronze/t`
select * from delta.`s3a://bronze/t`
select * from csv.`http://127.0.0.1:1/x`
with x as (select * from text.`/etc/hostname`) select * from x
select * from gold.t with (path = '/etc/hostname')
select java_method('java.lang.System', 'setProperty', 'lakehouse.attack', '1')
select reflect('java.lang.System', 'setProperty', 'lakehouse.attack', '1')
select try_reflect('java.lang.System', 'setProperty', 'lakehouse.attack', '1')
select system.builtin.java_method('java.lang.System', 'setProperty', 'lakehouse.attack', '1')
select transform(array(1), x -> java_method('java.lang.System', 'setProperty', 'lakehouse.attack', '1'))
values (java_method('java.lang.System', 'setProperty', 'lakehouse.attack', '1'))
select identifier('java_method')('java.lang.System', 'setProperty', 'lakehouse.attack', '1')
select * from range(cast(java_method('java.lang.System', 'setProperty', 'lakehouse.attack', '1') as int))
select from_json('{}', java_method('java.lang.System', 'setProperty', 'lakehouse.attack', '1'))
select 1 limit cast(java_method('java.lang.System', 'setProperty', 'lakehouse.attack', '1') as int)
select * from gold.t timestamp as of java_method('java.lang.System', 'setProperty', 'lakehouse.attack', '1')
explain select java_method('java.lang.System', 'setProperty', 'lakehouse.attack', '1')
describe query select java_method('java.lang.System', 'setProperty', 'lakehouse.attack', '1')
select * from gold.t timestamp as of (select max(name) from gold.t)
select transform(name) using 'cat' as (a) from gold.t
from gold.t reduce name using 'cat' as (a)
select from_xml('<a/>', 'a int', map('rowValidationXSDPath', '/etc/passwd'))
select schema_of_xml('<a/>', map('rowValidationXSDPath', '/etc/passwd'))
select from_avro(cast('a' as binary), 'x', map())
select from_protobuf(cast('a' as binary), 'x', '/etc/passwd')
select * from table_changes('gold.t', 0)
select * from table_changes_by_path('/tmp', 0)
select * from read_files('/etc')
select * from python_worker_logs()
select * from stream gold.t
select * from identifier('gold' || '.t')
""".strip().splitlines()

# {} stands for a schema that the user may not see.
UNSEEN = """
select * from {}.t
select * from `{}`.`t`
select * from spark_catalog.{}.t
table {}.t
from {}.t select *
from {}.t |> where id > 0
select (select max(name) from {}.t)
select * from gold.t where exists (select 1 from {}.t)
select * from gold.t where id in (select id from {}.t)
with hidden as (select * from {}.t) select * from hidden
with {} as (select 1) select * from {}.t
select * from gold.t union all select * from {}.t
select * from gold.t, lateral (select * from {}.t b where b.id = t.id)
select * from gold.t lateral view explode(array((select max(id) from {}.t))) x as y
select * from gold.t timestamp as of (select max(name) from {}.t)
select * from {}.t version as of 0
select * from identifier('{}.t')
select * from {}.does_not_exist
select * from table_changes('{}.t', 0)
explain select * from {}.t
explain extended with hidden as (select * from {}.t) select * from hidden
describe {}.t
describe table extended {}.t
describe {}.t name
describe identifier('{}.t')
describe query select * from {}.t
describe schema {}
describe history {}.t
describe detail {}.t
show create table {}.t
show columns in {}.t
show columns in t in {}
show tblproperties {}.t
show partitions {}.t
show tables in {}
show tables from spark_catalog.{}
show table extended in {} like '*'
show views in {}
show functions in {}
use {}
use spark_catalog.{}
insert into gold.t select * from {}.t
create table gold.n using delta as select * from {}.t
cache table n as select * from {}.t
""".strip().splitlines()
