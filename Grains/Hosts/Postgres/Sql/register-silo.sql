-- $1 name, $2 software version, $3 cut version, $4 data, $5 lost after
insert into sweeps.silo (name, software_version, cut_version, data, lost_after)
values ($1, $2, $3, $4, $5)
on conflict (name) do nothing
