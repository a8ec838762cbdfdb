-- $1 sweep
select c.number, coalesce((
    select e.cause from sweeps.evidence e where e.sweep = c.sweep and e.chunk = c.number and e.what = 'quarantined' order by e.number desc limit 1), '')
from sweeps.chunk c
where c.sweep = $1 and c.state = 'quarantined'
order by c.number
