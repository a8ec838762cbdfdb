-- The plan is another: all leases are void, and the new plan's window begins.
-- $1 sweep
delete from sweeps.chunk where sweep = $1
