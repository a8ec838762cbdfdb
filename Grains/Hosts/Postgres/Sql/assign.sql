-- $1 worker, $2 sweep
update sweeps.lane set sweep = $2 where worker = $1 and sweep is distinct from $2
