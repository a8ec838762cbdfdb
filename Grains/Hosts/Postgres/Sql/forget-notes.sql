-- What kept silos from a generation says nothing of the next.
-- $1 sweep
delete from sweeps.note where sweep = $1
