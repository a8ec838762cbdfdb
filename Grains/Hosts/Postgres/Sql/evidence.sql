-- $1 sweep, $2 most
select chunk, worker, at, what, cause
from sweeps.evidence
where sweep = $1
order by number desc
limit $2
