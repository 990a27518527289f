select
  r.place,
  count(*)       as readings,
  sum(r.value)   as total
from silver.readings r
group by r.place
