-- $1 silo, $2 state
update sweeps.silo set heard_at = clock_timestamp(), state = $2 where name = $1 and state <> 'lost'
