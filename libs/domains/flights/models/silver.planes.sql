select
  upper(trim(p.tailnum)) as tailnum,
  p.year                 as year,
  p.type                 as type,
  case
    when p.manufacturer like 'AIRBUS%' then 'AIRBUS'
    when p.manufacturer like 'MCDONNELL DOUGLAS%' then 'MCDONNELL DOUGLAS'
    when p.manufacturer like 'CANADAIR%' then 'CANADAIR'
    else p.manufacturer
  end                    as manufacturer,
  p.model                as model,
  p.engines              as engines,
  p.seats                as seats,
  p.speed                as speed,
  p.engine               as engine,
  p.updated_at           as updated_at
from bronze.planes p
