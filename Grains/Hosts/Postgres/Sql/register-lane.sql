-- $1 worker, $2 silo, $3 number, $4 device, $5 is accelerator, $6 is processor
insert into sweeps.lane (worker, silo, number, device, is_accelerator, is_processor)
values ($1, $2, $3, $4, $5, $6)
on conflict (worker) do nothing
