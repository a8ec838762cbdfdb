-- $1 role, $2 holder, $3 epoch
delete from sweeps.term where role = $1 and holder = $2 and epoch = $3 and expires_at > clock_timestamp()
