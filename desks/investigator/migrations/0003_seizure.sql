-- What was seized, read once and inside the authority. A row of `item` is vouched for by the digest of its unit.

create table investigator.source (
  source_id uuid primary key,
  case_ref text collate "C" not null references investigator.case,
  exhibit_id uuid not null references investigator.exhibit,
  kind text not null check (kind in ('folder', 'image', 'tar', 's3')),
  -- Absolute path of the folder, the first segment of the image or the tar; `s3://bucket/prefix`.
  locator text not null,
  -- Where in a path the account stands: `storage/*`. Null: the source knows no accounts.
  account_path text,
  added_at timestamptz not null,
  added_by text not null
);
create index source_by_case on investigator.source (case_ref);

-- One run over a source.
create table investigator.pass (
  pass_id uuid primary key,
  source_id uuid not null references investigator.source,
  case_ref text collate "C" not null,
  -- 'paused' by a person. It has ended when no unit is left to do; 'stopped-by-authority' is still to do.
  state text not null check (state in ('running', 'paused', 'ended')),
  -- Sizes of units (PassOptions).
  options jsonb not null,
  started_at timestamptz not null,
  started_by text not null,
  finished_at timestamptz,
  order_in_desk bigint generated always as identity
);
create index pass_by_source on investigator.pass (source_id, order_in_desk desc);
create unique index pass_under_way on investigator.pass (source_id) where state <> 'ended';

-- A piece of a pass: one durable workflow. Two units of a pass never name the same file.
create table investigator.unit (
  unit_id uuid primary key,
  pass_id uuid not null references investigator.pass,
  source_id uuid not null references investigator.source,
  case_ref text collate "C" not null,
  parent_unit_id uuid references investigator.unit,
  -- 'folders': the files of some folders, and what lies below them. 'part': a share of one folder's files, by digest of
  -- the path. 'file': one large file. 'unlisted': a share of a tree whose names may not be kept. 'stream': a tar.
  -- 'volume', 'inodes': of an image. 'prefix': of a bucket. 'archive': the members of one archive.
  kind text not null
    check (kind in ('folders', 'part', 'file', 'unlisted', 'stream', 'volume', 'inodes', 'prefix', 'archive')),
  -- UnitLocator. Names stand in it only where they may be kept.
  locator jsonb not null,
  state text not null check (state in ('waiting', 'done', 'stopped-by-authority', 'failed')),
  -- How often it was begun again after it was stopped: part of its workflow's id.
  attempt integer not null default 0,
  -- Of the items of this unit; decided on and refused are counted, never named.
  files bigint not null default 0,
  bytes bigint not null default 0,
  unreadable bigint not null default 0,
  refused bigint not null default 0,
  -- What its locator promises before it is done, where that is known: for a forecast.
  expected_files bigint,
  expected_bytes bigint,
  -- Of its items, by investigator.unit_digest.
  items_sha256 text collate "C",
  milliseconds bigint,
  finished_at timestamptz,
  reason text
);
create index unit_by_pass on investigator.unit (pass_id, state);

create table investigator.item (
  item_id bigint generated always as identity primary key,
  case_ref text collate "C" not null,
  source_id uuid not null references investigator.source,
  -- The archive that it is a member of.
  parent_item_id bigint references investigator.item,
  unit_id uuid not null references investigator.unit,
  -- Below the source (or inside the parent), with `/`. Null where `list` is not granted. Bytes that are no UTF-8 are
  -- shown as U+FFFD, and `path_bytes` holds the name itself.
  path text collate "C",
  path_bytes bytea,
  -- Of the name's bytes.
  path_sha256 text collate "C" not null,
  size bigint not null check (size >= 0),
  sha256 text collate "C",
  sha1 text collate "C",
  md5 text collate "C",
  -- picture, video, archive, document, message, database, other: by content, never by name.
  file_class text not null,
  -- What the content says it is, such as `image/jpeg`; null for no known sign.
  media_type text,
  -- 'digested'; 'unreadable' and 'changed' have no digests, 'not-a-file' was never opened.
  state text not null check (state in ('digested', 'unreadable', 'changed', 'not-a-file')),
  modified_at timestamptz,
  account text,
  -- Under which it was read: hidden with it (`policy.visible`).
  authority_id uuid not null,
  -- The batch of decisions that allowed it.
  decision_id uuid not null,
  unique nulls not distinct (source_id, parent_item_id, path_sha256),
  check ((state = 'digested') = (sha256 is not null))
);
create index item_by_unit on investigator.item (unit_id);
create index item_by_sha256 on investigator.item (sha256);
create index item_by_class on investigator.item (case_ref, file_class) where file_class <> 'other';
create index item_by_account on investigator.item (case_ref, account) where account is not null;
create index item_by_parent on investigator.item (parent_item_id) where parent_item_id is not null;

-- Digests of the parts of a large file, so that a flipped bit can be found again. The last part is shorter.
create table investigator.extent (
  item_id bigint not null references investigator.item on delete cascade,
  ordinal integer not null check (ordinal >= 0),
  offset_bytes bigint not null,
  length_bytes bigint not null,
  sha256 text collate "C" not null,
  primary key (item_id, ordinal)
);

-- SHA-256 of a unit's items, sorted by the digest of their path, each as a line; the same items in any order of
-- arrival give the same digest. No item_id is a part of it.
create function investigator.unit_digest(unit uuid) returns text language sql stable as $$
  select encode(sha256(convert_to(coalesce(string_agg(
    concat_ws(' ', coalesce(parent.path_sha256, '-'), item.path_sha256, coalesce(to_json(item.path)::text, '-'),
              item.size, coalesce(item.sha256, '-'), coalesce(item.sha1, '-'), coalesce(item.md5, '-'),
              item.file_class, coalesce(item.media_type, '-'), item.state,
              coalesce(to_char(item.modified_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '-'),
              coalesce(to_json(item.account)::text, '-'), item.authority_id,
              coalesce((select string_agg(extent.length_bytes || ':' || extent.sha256, ',' order by ordinal)
                          from investigator.extent where extent.item_id = item.item_id), '-')),
    E'\n' order by parent.path_sha256 nulls first, item.path_sha256), ''), 'UTF8')), 'hex')
  from investigator.item
  left join investigator.item as parent on parent.item_id = item.parent_item_id
 where item.unit_id = unit
$$;
