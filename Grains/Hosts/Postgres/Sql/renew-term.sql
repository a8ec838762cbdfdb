-- $1 role, $2 holder, $3 epoch, $4 duration
update sweeps.term set expires_at = clock_timestamp() + $4
where role = $1 and holder = $2 and epoch = $3 and expires_at > clock_timestamp()
