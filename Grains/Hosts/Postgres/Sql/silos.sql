-- Silos with their lanes; a lane's rate is of the chunks that it settled within a minute.
with recent as (
    select c.worker, sum(c.points) as points, min(c.granted_at) as since
    from sweeps.chunk c
    where c.state = 'settled' and c.ended_at > now() - interval '1 minute'
    group by c.worker
)
select o.name, o.software_version, o.data, o.state, o.started_at, o.heard_at, l.worker, l.device, s.folder,
    (r.points / greatest(extract(epoch from least(interval '1 minute', clock_timestamp() - r.since)), 1))::double precision
from sweeps.silo o
left join sweeps.lane l on l.silo = o.name
left join sweeps.sweep s on s.number = l.sweep
left join recent r on r.worker = l.worker
order by o.started_at, o.name, l.number
