-- A lane that has nothing to go to is still where it holds chunks.
-- $1 worker, $2 sweep
update sweeps.lane set sweep = $2
where worker = $1 and sweep is distinct from $2
    and ($2::bigint is not null or not exists (select from sweeps.chunk c where c.worker = $1 and c.state = 'leased'))
