-- $1 sweep, $2 for how long
update sweeps.sweep set job_not_before = clock_timestamp() + $2 where number = $1
