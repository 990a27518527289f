select
  upper(trim(f.carrier))                      as carrier,
  f.flight                                    as flight,
  upper(trim(f.origin))                       as origin,
  f.time_hour                                 as time_hour,
  f.year || '-' || f.month || '-' || f.day    as flight_date,
  f.year || '-' || f.month || '-1'            as flight_month,
  f.hour                                      as hour,
  upper(trim(f.dest))                         as dest,
  nullif(upper(trim(f.tailnum)), '')          as tailnum,
  f.sched_dep_time                            as sched_dep_time,
  f.dep_time                                  as dep_time,
  f.dep_delay                                 as dep_delay,
  f.sched_arr_time                            as sched_arr_time,
  f.arr_time                                  as arr_time,
  f.arr_delay                                 as arr_delay,
  f.air_time                                  as air_time,
  f.distance                                  as distance
from bronze.flights f
