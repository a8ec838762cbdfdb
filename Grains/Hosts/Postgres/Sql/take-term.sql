-- Takes a role whose term is over; whoever holds it keeps it on with its epoch.
-- $1 role, $2 holder, $3 duration
insert into sweeps.term as t (role, holder, epoch, since, expires_at)
select $1, $2, nextval('sweeps.epoch'), clock_timestamp(), clock_timestamp() + $3
-- Most who ask are told no, and should write nothing for it.
where not exists (select from sweeps.term o where o.role = $1 and o.holder <> $2 and o.expires_at > clock_timestamp())
on conflict (role) do update
set epoch = case when t.holder = excluded.holder and t.expires_at > clock_timestamp() then t.epoch else excluded.epoch end,
    -- A role that passes on at once was kept, at the least, for as long as the term that ended a moment ago.
    since = case
        when t.holder = excluded.holder and t.expires_at > clock_timestamp() then t.since
        when t.expires_at > clock_timestamp() - $3 then greatest(t.since, excluded.since - $3)
        else excluded.since
    end,
    holder = excluded.holder, expires_at = excluded.expires_at
where t.expires_at <= clock_timestamp() or t.holder = excluded.holder
returning epoch, clock_timestamp() - since
