-- What a silo still holds when it leaves is given back unharmed.
-- $1 silo
update sweeps.chunk set state = 'waiting', token = null, expires_at = null
where state = 'leased' and worker in (select worker from sweeps.lane where silo = $1)
