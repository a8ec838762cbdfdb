-- $1 sweep
select folder from sweeps.sweep where number = $1
