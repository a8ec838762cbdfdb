-- What a turn of its user needs to know of a sweep.
-- $1 sweep
select s.phase, s.stage, s.chunks, s.failure_budget, s.points, s.spec_hash, s.generation,
    w.points_failed + coalesce((select sum(c.points_failed) from sweeps.chunk c where c.sweep = s.number and c.ended_at is not null), 0)::bigint,
    s.next_spec_hash
from sweeps.sweep s
join sweeps.sweep_window w on w.sweep = s.number
where s.number = $1
