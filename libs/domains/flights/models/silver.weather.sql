select
  w.origin     as origin,
  w.time_hour  as time_hour,
  try_cast(from_utc_timestamp(try_cast(w.time_hour as timestamp), 'America/New_York') as date) as observation_date,
  w.temp       as temp,
  w.dewp       as dewp,
  w.humid      as humid,
  w.wind_dir   as wind_dir,
  w.wind_speed as wind_speed,
  w.wind_gust  as wind_gust,
  w.precip     as precip,
  w.pressure   as pressure,
  w.visib      as visib
from bronze.weather w
