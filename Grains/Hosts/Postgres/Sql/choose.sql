-- The sweep that a lane should work on: the highest priority first; among equals the one with the fewest lanes, but no lane moves for nothing.
-- $1 worker
select s.number, s.folder, s.mark, s.generation, s.spec_json, s.spec_hash, s.chunks, s.cut_version, s.software_version, s.device, s.number = me.sweep
from sweeps.lane me
join sweeps.silo o on o.name = me.silo and o.state = 'working'
join sweeps.sweep s on s.phase = 'running' and s.stage = 'ready' and s.cut_version = o.cut_version
    and split_part(s.software_version, '.', 1) = split_part(o.software_version, '.', 1)
    and split_part(s.software_version, '.', 2) = split_part(o.software_version, '.', 2)
    and (s.device = 'either' or s.device = 'processor' and me.is_processor or s.device = 'accelerator' and me.is_accelerator)
join sweeps.sweep_window w on w.sweep = s.number
cross join lateral (select count(*) as others from sweeps.lane l where l.sweep = s.number and l.worker <> me.worker) lanes
where me.worker = $1
    and (s.maximum_lanes is null or lanes.others < s.maximum_lanes)
    and not exists (select from sweeps.note n where n.sweep = s.number and n.silo = me.silo and n.is_refusal and n.at > now() - interval '1 minute')
    and (w.frontier < s.chunks or exists (select from sweeps.chunk c where c.sweep = s.number and c.state = 'waiting'))
order by s.priority desc, lanes.others, s.number is distinct from me.sweep, s.number
limit 1
