-- The sweep that a lane should work on: the highest priority first; among equals the one with the fewest lanes, but no lane moves for nothing.
-- $1 worker
with me as (
    select l.worker, l.sweep, l.silo, l.is_processor, l.is_accelerator, o.cut_version, o.software_version
    from sweeps.lane l
    join sweeps.silo o on o.name = l.silo and o.state = 'working'
    where l.worker = $1
), fit as materialized (
    select s.number, s.priority, s.maximum_lanes, me.sweep as mine,
        s.maximum_lanes is not null or count(*) over (partition by s.priority) > 1 as is_counted
    from me
    join sweeps.sweep s on s.phase = 'running' and s.stage = 'ready' and s.cut_version = me.cut_version
        and split_part(s.software_version, '.', 1) = split_part(me.software_version, '.', 1)
        and split_part(s.software_version, '.', 2) = split_part(me.software_version, '.', 2)
        and (s.device = 'either' or s.device = 'processor' and me.is_processor or s.device = 'accelerator' and me.is_accelerator)
    join sweeps.sweep_window w on w.sweep = s.number
    where (w.frontier < s.chunks
            or (select c.number from sweeps.chunk c where c.sweep = w.sweep and c.state = 'waiting' order by c.number limit 1) is not null)
        and not exists (
            select from sweeps.note n where n.sweep = s.number and n.silo = me.silo and n.is_refusal and n.at > now() - interval '1 minute')
), counted as (
    -- Every lane asks every few seconds: all lanes are counted only where it matters.
    select fit.*, case when fit.is_counted then
        (select count(*) from sweeps.lane l where l.sweep = fit.number) - case when fit.mine = fit.number then 1 else 0 end else 0 end as others
    from fit
), chosen as (
    select * from counted
    where maximum_lanes is null or others < maximum_lanes
    order by priority desc, others, number is distinct from mine, number
    limit 1
)
select s.number, s.folder, s.mark, s.generation, s.spec_json, s.spec_hash, s.chunks, s.cut_version, s.software_version, s.device, s.number = chosen.mine
from chosen
join sweeps.sweep s on s.number = chosen.number
