select
  f.origin                          as airport,
  a.name                            as airport_name,
  f.flight_date,
  f.hour,
  count(*)                          as flights,
  count_if(f.dep_time is null)      as cancelled,
  count(f.dep_delay)                as departed,
  count_if(f.dep_delay >= 15)       as departed_late,
  coalesce(sum(f.dep_delay), 0)     as departure_delay_minutes
from silver.flights f
left join silver.airports a on a.faa = f.origin
group by f.origin, a.name, f.flight_date, f.hour
