-- A sweep ends when every chunk has; before, it stops when more points failed than may.
-- $1 sweep
with counts as (
    select s.number,
        w.frontier >= s.chunks
            and (select c.number from sweeps.chunk c where c.sweep = s.number and c.state = 'waiting' order by c.number limit 1) is null
            and (select c.number from sweeps.chunk c where c.sweep = s.number and c.state = 'leased' order by c.number limit 1) is null as is_complete,
        w.points_failed + coalesce((select sum(c.points_failed) from sweeps.chunk c where c.sweep = s.number and c.ended_at is not null), 0)
            > s.failure_budget as is_over
    from sweeps.sweep s
    join sweeps.sweep_window w on w.sweep = s.number
    where s.number = $1 and s.stage = 'ready'
)
update sweeps.sweep s
set phase = case when c.is_complete then 'completed' else 'failed_budget' end,
    ended_at = case when c.is_complete then clock_timestamp() end
from counts c
where s.number = c.number and s.phase in ('running', 'paused', 'failed_budget')
    and (c.is_complete or c.is_over and s.phase <> 'failed_budget')
returning s.phase
