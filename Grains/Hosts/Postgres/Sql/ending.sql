-- Sweeps whose phase may be behind: nothing of them waits.
select s.number
from sweeps.sweep s
join sweeps.sweep_window w on w.sweep = s.number
where s.phase in ('running', 'paused', 'failed_budget') and s.stage = 'ready' and w.frontier >= s.chunks
    and (select c.number from sweeps.chunk c where c.sweep = w.sweep and c.state = 'waiting' order by c.number limit 1) is null
    and (select c.number from sweeps.chunk c where c.sweep = w.sweep and c.state = 'leased' order by c.number limit 1) is null
