-- The leases of a sweep are void for no fault of their workers.
-- $1 sweep
update sweeps.chunk
set state = 'waiting', token = null, expires_at = null
where sweep = $1 and state = 'leased'
