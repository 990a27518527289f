with flights_in_weather as (
  select
    f.origin,
    f.flight_date,
    case
      when w.wind_speed < 10 then '00-10 mph'
      when w.wind_speed < 20 then '10-20 mph'
      when w.wind_speed < 30 then '20-30 mph'
      when w.wind_speed < 200 then '30 mph and more'
      else 'unknown'
    end as wind,
    case
      when w.visib < 1 then '00-01 miles'
      when w.visib < 5 then '01-05 miles'
      when w.visib < 10 then '05-10 miles'
      when w.visib >= 10 then '10 miles and more'
      else 'unknown'
    end as visibility,
    case
      when w.precip = 0 then 'dry'
      when w.precip < 0.1 then 'light, below 0.1 in/h'
      when w.precip >= 0.1 then 'strong, 0.1 in/h and more'
      else 'unknown'
    end as precipitation,
    f.dep_time,
    f.dep_delay
  from silver.flights f
  left join silver.weather w
    on w.origin = f.origin
    and w.time_hour = f.time_hour
    -- Follows from time_hour; a changed observation then touches the flights of its own local day and no others.
    and w.observation_date = f.flight_date
)
select
  origin,
  flight_date,
  wind,
  visibility,
  precipitation,
  count(*)                        as flights,
  count_if(dep_time is null)      as cancelled,
  count(dep_delay)                as departed,
  count_if(dep_delay >= 15)       as departed_late,
  coalesce(sum(dep_delay), 0)     as departure_delay_minutes
from flights_in_weather
group by origin, flight_date, wind, visibility, precipitation
