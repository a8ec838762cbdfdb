-- The same submission twice is one sweep.
-- $1 submission, $2 name, $3 spec, $4 hash, $5 points, $6 chunks, $7 cut version, $8 software version, $9 failure budget, $10 priority, $11 maximum lanes, $12 device
with made as (
    insert into sweeps.sweep (submission, name, spec_json, spec_hash, points, chunks, cut_version, software_version, failure_budget, priority,
        maximum_lanes, device)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
    on conflict (submission) do nothing
    returning number, folder, mark
), begun as (
    insert into sweeps.sweep_window (sweep) select number from made
)
select number, folder, mark from made
union all
select number, folder, mark from sweeps.sweep where submission = $1
