-- $1 sweep
select s.phase, s.chunks, s.failure_budget,
    w.chunks_settled + (select count(*) from sweeps.chunk c where c.sweep = s.number and c.state = 'settled'),
    (select count(*) from sweeps.chunk c where c.sweep = s.number and c.state = 'leased'),
    (select count(*) from sweeps.chunk c where c.sweep = s.number and c.state = 'quarantined'),
    w.points_done + coalesce((select sum(c.points_done) from sweeps.chunk c where c.sweep = s.number and c.ended_at is not null), 0)::bigint,
    w.points_failed + coalesce((select sum(c.points_failed) from sweeps.chunk c where c.sweep = s.number and c.ended_at is not null), 0)::bigint
from sweeps.sweep s
join sweeps.sweep_window w on w.sweep = s.number
where s.number = $1
