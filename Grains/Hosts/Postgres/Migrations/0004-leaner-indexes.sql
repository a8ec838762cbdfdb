-- Every turn of a chunk writes its row anew and, with it, all of these. What is leased is found by sweep, or all of it is read; the moment
-- when a lease ends is in no index, so that renewing it touches none. What was settled is found by its age alone.
drop index sweeps.chunk_leased;
drop index sweeps.chunk_leased_by;
drop index sweeps.chunk_settled;
create index chunk_leased on sweeps.chunk (sweep, number) where state = 'leased';
create index chunk_settled on sweeps.chunk (ended_at) where state = 'settled';
