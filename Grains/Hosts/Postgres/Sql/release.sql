-- $1 sweep, $2 numbers, $3 epochs, $4 tokens
with asked as (
    select * from unnest($2::integer[], $3::bigint[], $4::uuid[]) with ordinality as a (number, epoch, token, place)
), held as (
    -- One by one in their order, each by the primary key: a plan that was made when the table was empty finds them as fast when it is not.
    select h.*
    from (select distinct number from asked order by number) a
    cross join lateral (
        select c.number, c.state, c.epoch, c.token
        from sweeps.chunk c
        where c.sweep = $1 and c.number = a.number
        for update
    ) h
), returned as (
    update sweeps.chunk c
    set state = 'waiting', expires_at = null
    from asked a
    join held h on h.number = a.number
    join sweeps.sweep s on s.number = $1
    where c.sweep = $1 and c.number = h.number and h.state = 'leased' and h.epoch = a.epoch and h.token = a.token and s.phase <> 'cancelled'
    returning c.number
)
select case
    when r.number is not null and h.epoch = a.epoch and h.token = a.token then null
    when h.state = 'waiting' and h.epoch = a.epoch and h.token = a.token then null
    when s.phase = 'cancelled' then 'cancelled'
    when h.number is null or h.state <> 'leased' then 'unknown_lease'
    when h.epoch <> a.epoch then 'stale_epoch'
    else 'wrong_token'
end
from asked a
left join sweeps.sweep s on s.number = $1
left join held h on h.number = a.number
left join returned r on r.number = a.number
order by a.place
