-- Settled chunks of long ago become a count.
-- $1 most rows
with old as (
    select c.sweep, c.number
    from sweeps.chunk c
    where c.state = 'settled' and c.ended_at < now() - interval '90 seconds'
    order by c.sweep, c.number
    limit $1
), locked as (
    select w.sweep from sweeps.sweep_window w where w.sweep in (select sweep from old) order by w.sweep for update
), gone as (
    delete from sweeps.chunk c
    using old, locked
    where locked.sweep = old.sweep and c.sweep = old.sweep and c.number = old.number and c.state = 'settled'
    returning c.sweep, c.points_done, c.points_failed
), sums as (
    select sweep, count(*)::integer as chunks, sum(points_done) as done, sum(points_failed) as failed from gone group by sweep
)
update sweeps.sweep_window w
set chunks_settled = w.chunks_settled + sums.chunks, points_done = w.points_done + sums.done, points_failed = w.points_failed + sums.failed
from sums
where w.sweep = sums.sweep
returning sums.chunks::bigint
