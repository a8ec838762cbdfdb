select o.name, o.software_version, o.data, o.state, o.started_at, o.heard_at, l.worker, l.device, s.folder
from sweeps.silo o
left join sweeps.lane l on l.silo = o.name
left join sweeps.sweep s on s.number = l.sweep
order by o.started_at, o.name, l.number
