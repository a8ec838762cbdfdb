-- What of a plan is done already.
-- $1 sweep, $2 frontier, $3 held, $4 chunks settled, $5 points done, $6 points failed, $7 quarantined numbers, $8 their points
with quarantined as (
    insert into sweeps.chunk (sweep, number, points, state, ended_at, points_done, points_failed)
    select $1, q.number, q.points, 'quarantined', clock_timestamp(), 0, 0
    from unnest($7::integer[], $8::integer[]) as q (number, points)
)
update sweeps.sweep_window
set frontier = $2, held = $3, chunks_settled = $4, points_done = $5, points_failed = $6
where sweep = $1
