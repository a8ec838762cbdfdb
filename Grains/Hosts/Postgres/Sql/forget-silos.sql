delete from sweeps.silo where state = 'lost' and heard_at < now() - interval '1 hour'
