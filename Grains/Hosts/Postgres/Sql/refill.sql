-- Lets the next chunks wait, unless somebody else did so since the frontier was read, or is about to.
-- $1 sweep, $2 generation, $3 frontier that was read, $4 numbers, $5 points, $6 new frontier, $7 key of the lock by which one does so at a time
with moved as (
    update sweeps.sweep_window w
    set frontier = $6
    from sweeps.sweep s
    where w.sweep = $1 and w.frontier = $3 and s.number = w.sweep and s.generation = $2 and s.stage = 'ready'
        and (select pg_try_advisory_xact_lock($7))
    returning w.sweep
)
insert into sweeps.chunk (sweep, number, points)
select moved.sweep, fresh.number, fresh.points
from moved, unnest($4::integer[], $5::integer[]) as fresh (number, points)
