select
  f.carrier,
  a.name                            as carrier_name,
  f.flight_date,
  count(*)                          as flights,
  count_if(f.dep_time is null)      as cancelled,
  count(f.arr_delay)                as arrived,
  count_if(f.arr_delay < 15)        as on_time,
  coalesce(sum(f.arr_delay), 0)     as arrival_delay_minutes
from silver.flights f
left join silver.airlines a on a.carrier = f.carrier
group by f.carrier, a.name, f.flight_date
