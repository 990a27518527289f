with route_months as (
  select
    origin,
    dest,
    flight_month,
    max(distance)                 as distance_miles,
    count(*)                      as flights,
    count_if(dep_time is null)    as cancelled,
    count(arr_delay)              as arrived,
    count_if(arr_delay < 15)      as on_time,
    coalesce(sum(arr_delay), 0)   as arrival_delay_minutes,
    coalesce(sum(air_time), 0)    as air_time_minutes
  from silver.flights
  group by origin, dest, flight_month
)
select
  r.origin,
  r.dest,
  r.flight_month,
  o.name                          as origin_name,
  o.lat                           as origin_latitude,
  o.lon                           as origin_longitude,
  d.name                          as dest_name,
  d.lat                           as dest_latitude,
  d.lon                           as dest_longitude,
  r.distance_miles,
  r.flights,
  r.cancelled,
  r.arrived,
  r.on_time,
  r.arrival_delay_minutes,
  r.air_time_minutes
from route_months r
left join silver.airports o on o.faa = r.origin
left join silver.airports d on d.faa = r.dest
