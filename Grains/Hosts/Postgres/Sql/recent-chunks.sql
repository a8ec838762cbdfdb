-- Chunks that are held, and those that were settled within a minute, the newest grants first; one row with the clock alone if there are none.
-- $1 sweep, $2 most
select clock_timestamp(), c.number, c.worker, c.granted_at, c.ended_at, c.points
from (select 1) always
left join lateral (
    select k.number, k.worker, k.granted_at, k.ended_at, k.points
    from sweeps.chunk k
    where k.sweep = $1 and (k.state = 'leased' or k.state = 'settled' and k.ended_at > now() - interval '1 minute')
    order by k.granted_at desc, k.number
    limit $2
) c on true
