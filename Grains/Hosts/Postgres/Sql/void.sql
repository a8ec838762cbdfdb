-- Leases that have run out, and those of silos that are lost, are void: each counts as a death, but for a chunk that is to run alone and
-- waited while its worker had others in hand: it cannot be what the worker died of.
-- $1 most deaths alone
with late as (
    select c.sweep, c.number, case when c.expires_at <= now() then 'its lease ran out' else 'its silo was not heard of' end as cause,
        c.alone and not exists (
            select from sweeps.chunk o
            where o.sweep = c.sweep and o.state = 'leased' and o.worker = c.worker and o.number <> c.number) as died_alone
    from sweeps.chunk c
    where c.state = 'leased' and (
        c.expires_at <= now()
        or c.worker in (select l.worker from sweeps.lane l join sweeps.silo o on o.name = l.silo where o.state = 'lost'))
    order by c.sweep, c.number
    for update skip locked
), void as (
    update sweeps.chunk c
    set state = case when l.died_alone and c.deaths_alone + 1 >= $1 then 'quarantined' else 'waiting' end,
        deaths = c.deaths + case when c.alone then 0 else 1 end,
        deaths_alone = c.deaths_alone + case when l.died_alone then 1 else 0 end,
        token = null, expires_at = null,
        ended_at = case when l.died_alone and c.deaths_alone + 1 >= $1 then clock_timestamp() end,
        points_done = case when l.died_alone and c.deaths_alone + 1 >= $1 then 0 end,
        points_failed = case when l.died_alone and c.deaths_alone + 1 >= $1 then c.points end
    from late l
    where c.sweep = l.sweep and c.number = l.number
    returning c.sweep, c.number, c.epoch, c.worker, c.state, l.cause
), kept as (
    insert into sweeps.evidence (sweep, generation, chunk, epoch, worker, what, cause)
    select v.sweep, s.generation, v.number, v.epoch, v.worker, what.what, v.cause
    from void v
    join sweeps.sweep s on s.number = v.sweep
    cross join lateral (select 'expired' as what union all select 'quarantined' where v.state = 'quarantined') what
)
select v.sweep, s.folder, count(*), count(*) filter (where v.state = 'quarantined')
from void v
join sweeps.sweep s on s.number = v.sweep
group by v.sweep, s.folder
