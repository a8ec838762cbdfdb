-- Sweeps with all that users see of them, newest first.
-- $1 one sweep (null: all), $2 also those that ended
select s.number, s.folder, s.spec_json, s.spec_hash, s.software_version, s.stage, s.points, s.phase, s.chunks, s.failure_budget, s.priority,
    s.maximum_lanes, s.device, s.submitted_at, s.ended_at,
    w.chunks_settled + coalesce(c.settled, 0) as settled, coalesce(c.leased, 0) as leased, coalesce(c.quarantined, 0) as quarantined,
    w.points_done + coalesce(c.done, 0) as done, w.points_failed + coalesce(c.failed, 0) as failed,
    coalesce(c.lanes, 0) as lanes, coalesce(c.recent_points, 0) as recent_points, coalesce(c.recent_chunks, 0) as recent_chunks,
    extract(epoch from least(interval '1 minute', clock_timestamp() - coalesce(c.since, s.submitted_at)))::double precision as seconds,
    coalesce((
        select array_agg(case when n.is_refusal then 'silo ' || n.silo || ' does not work on it: ' || n.sentence else n.sentence end order by n.at desc)
        from sweeps.note n
        join sweeps.silo o on o.name = n.silo and o.state <> 'lost'
        where n.sweep = s.number), '{}') || array_remove(array[lack.sentence], null) as notes
from sweeps.sweep s
join sweeps.sweep_window w on w.sweep = s.number
left join lateral (
    select count(*) filter (where k.state = 'settled')::integer as settled,
        count(*) filter (where k.state = 'leased')::integer as leased,
        count(*) filter (where k.state = 'quarantined')::integer as quarantined,
        count(distinct k.worker) filter (where k.state = 'leased')::integer as lanes,
        sum(k.points_done)::bigint as done,
        sum(k.points_failed)::bigint as failed,
        sum(k.points) filter (where k.state = 'settled' and k.ended_at > now() - interval '1 minute')::bigint as recent_points,
        count(*) filter (where k.state = 'settled' and k.ended_at > now() - interval '1 minute')::integer as recent_chunks,
        min(k.granted_at) filter (where k.state = 'settled' and k.ended_at > now() - interval '1 minute') as since
    from sweeps.chunk k
    where k.sweep = s.number
) c on true
-- What all silos that are there lack for it; that there is none says enough by itself.
left join lateral (
    select case
        when s.phase = 'cancelled' or s.stage = 'finished' then null
        when not bool_or(o.is_same) then format(
            'no silo here runs version %1$s, by which it was submitted; they run %2$s: start silos of version %1$s, or submit it again',
            minor.version, string_agg(distinct o.software_version, ', '))
        when s.device = 'accelerator' and not coalesce(bool_or(o.is_same and l.is_accelerator), false)
            then 'no silo here has a GPU, and it was submitted for GPUs alone'
        when s.device = 'processor' and not coalesce(bool_or(o.is_same and l.is_processor and not l.is_accelerator), false)
            then 'no silo here has a lane of the processor, and it was submitted for processors alone'
    end as sentence
    from (select split_part(s.software_version, '.', 1) || '.' || split_part(s.software_version, '.', 2) as version) minor
    cross join lateral (
        select o.name, o.software_version, starts_with(o.software_version, minor.version || '.') as is_same
        from sweeps.silo o
        where o.state = 'working'
    ) o
    left join sweeps.lane l on l.silo = o.name
    group by minor.version
) lack on true
where ($1::bigint is null or s.number = $1)
    and ($1::bigint is not null or $2 or s.phase in ('running', 'paused', 'failed_budget') or (s.phase = 'completed' and s.stage <> 'finished'))
order by s.number desc
