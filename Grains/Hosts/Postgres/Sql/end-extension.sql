-- The larger grid takes the place of the old one.
-- $1 sweep, $2 generation before, $3 chunks (null: those of the awaited spec), $4 phase
update sweeps.sweep
set generation = generation + 1,
    spec_json = coalesce(next_spec_json, spec_json), spec_hash = coalesce(next_spec_hash, spec_hash),
    points = coalesce(next_points, greatest(points, $3)), chunks = coalesce($3, next_chunks),
    next_spec_json = null, next_spec_hash = null, next_points = null, next_chunks = null,
    stage = 'ready', phase = $4, ended_at = null, job_not_before = null
where number = $1 and generation = $2
