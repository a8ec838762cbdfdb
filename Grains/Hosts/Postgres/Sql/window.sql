-- Whether there is more to grant than what waits already.
-- $1 sweep
select s.phase, s.stage, s.generation, s.chunks, w.frontier
from sweeps.sweep s
join sweeps.sweep_window w on w.sweep = s.number
where s.number = $1
