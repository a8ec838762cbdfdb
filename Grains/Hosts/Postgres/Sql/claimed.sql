-- What a claim was granted whose answer was lost.
-- $1 sweep, $2 token
select number, epoch, expires_at, failures, deaths, deaths_alone, alone, alone
from sweeps.chunk
where sweep = $1 and token = $2 and state = 'leased'
