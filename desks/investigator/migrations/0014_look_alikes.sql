-- Pictures of a case that look alike, written anew by a durable step whenever looking at its pictures ends.
create table investigator.stacking (
  case_ref text collate "C" primary key references investigator.case,
  -- The run after whose end it was made.
  run_id uuid not null references investigator.fingerprint_run,
  -- Contents that were compared, stacks of two and more, and the contents in these.
  contents bigint not null,
  stacks bigint not null,
  members bigint not null,
  rows_sha256 text collate "C" not null,
  stacked_at timestamptz not null
);

-- A content that stands in a stack with others, its leader too (distance 0).
create table investigator.look_alike (
  case_ref text collate "C" not null references investigator.stacking,
  sha256 text collate "C" not null,
  leader_sha256 text collate "C" not null,
  -- Bits between its leader, turned if need be, and it.
  distance smallint not null check (distance between 0 and 256),
  primary key (case_ref, sha256)
);
create index look_alike_by_leader on investigator.look_alike (case_ref, leader_sha256);
create index picture_by_content on investigator.picture (case_ref, sha256) where outcome = 'decoded';

-- SHA-256 over the stacks in the order of their leaders, each the SHA-256 of its contents, sorted, as lines.
create function investigator.look_alikes_digest(ref text) returns text language sql stable as $$
  select encode(sha256(coalesce(string_agg(stack, ''::bytea order by leader_sha256), ''::bytea)), 'hex')
    from (select leader_sha256, sha256(convert_to(string_agg(
                   concat_ws(' ', leader_sha256, sha256, distance), E'\n' order by sha256), 'UTF8')) as stack
            from investigator.look_alike where case_ref = ref group by leader_sha256) as stacks
$$;

-- Those in stacks whose leader the case team may see now. What a leader that is hidden holds together falls apart.
create function investigator.visible_look_alikes(ref text)
returns table (sha256 text, leader_sha256 text, distance smallint) language sql stable as $$
  select alike.sha256, alike.leader_sha256, alike.distance from investigator.look_alike as alike
   where alike.case_ref = ref
     and exists (select from investigator.item as item
                  where item.case_ref = ref and item.sha256 = alike.leader_sha256
                    and item.authority_id = any((select investigator.visible_authorities(ref))::uuid[])
                    and not policy.with_filter(ref, 'item/' || item.item_id))
$$;
