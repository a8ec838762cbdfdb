-- $1 sweep, $2 silo
delete from sweeps.note where sweep = $1 and silo = $2 and not is_refusal
