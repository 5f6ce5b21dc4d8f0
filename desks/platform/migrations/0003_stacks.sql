-- Matches that show the same, so that one look and one decision serve them all. Derived from the bytes and from what they
-- look like; what was decided stands in platform.decision, match by match.
create table platform.stack (
  -- That of its first match.
  stack_id uuid primary key,
  -- What the first match looks like; null where that says too little. Members are compared with it and not with each
  -- other, so that a stack does not drift.
  pdq bit(256),
  made_at timestamptz not null
);
create index stack_newest on platform.stack (made_at, stack_id);

create table platform.stack_member (
  match uuid primary key references platform.match on delete cascade,
  stack uuid not null references platform.stack,
  sha256 bytea not null,
  because text not null check (because in ('first', 'same-bytes', 'looks-alike')),
  -- Bits of 256 from the first one.
  distance integer,
  check ((because = 'looks-alike') = (distance is not null))
);
create index stack_member_by_stack on platform.stack_member (stack);
create index stack_member_by_sha256 on platform.stack_member (sha256);

-- Of what was matched before, only the bytes are known.
insert into platform.stack (stack_id, made_at)
  select distinct on (sha256) id, found_at from platform.match order by sha256, found_at, id;
insert into platform.stack_member (match, stack, sha256, because)
  select match.id, first.id, match.sha256, case match.id when first.id then 'first' else 'same-bytes' end
    from platform.match
    join (select distinct on (sha256) id, sha256 from platform.match order by sha256, found_at, id) first
   using (sha256);
