-- $1 sweep, $2 spec, $3 hash, $4 points, $5 chunks, $6 failure budget
update sweeps.sweep
set stage = 'extending', phase = case when phase = 'paused' then 'paused' else 'running' end, ended_at = null, job_not_before = null,
    next_spec_json = $2, next_spec_hash = $3, next_points = $4, next_chunks = $5, failure_budget = greatest(failure_budget, $6)
where number = $1
