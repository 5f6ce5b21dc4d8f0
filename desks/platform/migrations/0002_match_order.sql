-- The queue of matches is read by key from either end, however many there are.
create index match_newest on platform.match (found_at, id);
