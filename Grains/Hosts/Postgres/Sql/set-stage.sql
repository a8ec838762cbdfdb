-- $1 sweep, $2 stage, $3 stage before
update sweeps.sweep set stage = $2, job_not_before = null where number = $1 and stage = $3
