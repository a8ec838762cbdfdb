-- $1 silo
delete from sweeps.silo where name = $1
