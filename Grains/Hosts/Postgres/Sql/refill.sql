-- Lets the next chunks wait, unless somebody else did so since the frontier was read.
-- $1 sweep, $2 generation, $3 frontier that was read, $4 numbers, $5 points, $6 new frontier
with moved as (
    update sweeps.sweep_window w
    set frontier = $6
    from sweeps.sweep s
    where w.sweep = $1 and w.frontier = $3 and s.number = w.sweep and s.generation = $2 and s.stage = 'ready'
    returning w.sweep
)
insert into sweeps.chunk (sweep, number, points)
select moved.sweep, fresh.number, fresh.points
from moved, unnest($4::integer[], $5::integer[]) as fresh (number, points)
