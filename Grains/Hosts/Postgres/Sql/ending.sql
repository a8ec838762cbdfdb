-- Sweeps whose phase may be behind: nothing of them waits.
select s.number
from sweeps.sweep s
join sweeps.sweep_window w on w.sweep = s.number
where s.phase in ('running', 'paused', 'failed_budget') and s.stage = 'ready' and w.frontier >= s.chunks
    and not exists (select from sweeps.chunk c where c.sweep = s.number and c.state in ('waiting', 'leased'))
