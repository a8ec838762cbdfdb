-- Settles leased chunks. The second column says whether these may have been the last ones that were not ended.
-- $1 sweep, $2 numbers, $3 epochs, $4 tokens, $5 points done, $6 points failed
with asked as (
    select * from unnest($2::integer[], $3::bigint[], $4::uuid[], $5::bigint[], $6::bigint[])
        with ordinality as a (number, epoch, token, done, failed, place)
), held as (
    -- One by one in their order, each by the primary key: a plan that was made when the table was empty finds them as fast when it is not.
    select h.*
    from (select distinct number from asked order by number) a
    cross join lateral (
        select c.number, c.state, c.epoch, c.token, c.points, c.points_done, c.points_failed
        from sweeps.chunk c
        where c.sweep = $1 and c.number = a.number
        for update
    ) h
), settled as (
    update sweeps.chunk c
    set state = 'settled', points_done = a.done, points_failed = a.failed, ended_at = clock_timestamp(), expires_at = null
    from asked a
    join held h on h.number = a.number
    join sweeps.sweep s on s.number = $1
    where c.sweep = $1 and c.number = h.number and h.state = 'leased' and h.epoch = a.epoch and h.token = a.token and s.phase <> 'cancelled'
        and a.done >= 0 and a.failed >= 0 and a.done + a.failed = h.points
    returning c.number
)
select case
        when e.number is not null and h.epoch = a.epoch and h.token = a.token then null
        when h.state = 'settled' and h.epoch = a.epoch and h.token = a.token and h.points_done = a.done and h.points_failed = a.failed then null
        when s.phase = 'cancelled' then 'cancelled'
        when h.number is null or h.state <> 'leased' then 'unknown_lease'
        when h.epoch <> a.epoch then 'stale_epoch'
        when h.token <> a.token then 'wrong_token'
        else 'points_disagree'
    end,
    -- The first by number, not any: any would be looked for in the whole table if statistics say that there are many.
    (select other.number from sweeps.chunk other where other.sweep = $1 and other.state = 'waiting' order by other.number limit 1) is null
    and (
        select other.number from sweeps.chunk other
        where other.sweep = $1 and other.state = 'leased' and other.number <> all ($2)
        order by other.number limit 1) is null
from asked a
left join sweeps.sweep s on s.number = $1
left join held h on h.number = a.number
left join settled e on e.number = a.number
order by a.place
