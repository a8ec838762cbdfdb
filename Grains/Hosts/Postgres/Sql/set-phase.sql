-- $1 sweep, $2 phase, $3 failure budget
update sweeps.sweep
set phase = $2, failure_budget = $3, ended_at = case when $2 = 'cancelled' then coalesce(ended_at, clock_timestamp()) when $2 = 'completed' then ended_at end
where number = $1
