-- Archives of a seizure: what their headers say, which passwords were tried on them, and what was found. Words are
-- sealed under a key of their authority (`recovery_key`); nothing here shows one.

create function investigator.folder_of(path text) returns text language sql immutable parallel safe as $$
  select coalesce(regexp_replace(path, '[^/]*$', ''), '')
$$;
-- An archive by its content, or by its name the later part of one that was cut, which begins like nothing.
create function investigator.may_be_archive(file_class text, path text) returns boolean language sql immutable parallel safe
as $$ select file_class = 'archive' or coalesce(path ~* '\.(7z|zip|rar)\.\d{3,4}$|\.z\d\d$', false) $$;
create index item_archive_by_folder on investigator.item (
  case_ref, source_id, (coalesce(parent_item_id, 0)), (investigator.folder_of(path)), item_id
) where investigator.may_be_archive(file_class, path);

-- A piece of work over archives, written when it is done. Vouches by digest for the rows that name it.
create table investigator.archive_unit (
  unit_id uuid primary key,
  case_ref text collate "C" not null,
  kind text not null check (kind in ('census', 'recovery')),
  authority_id uuid,
  engine text,
  -- How many of what (ArchiveCounts).
  counts jsonb not null,
  -- By investigator.archive_unit_digest.
  rows_sha256 text collate "C" not null,
  finished_at timestamptz not null
);
create index archive_unit_by_case on investigator.archive_unit (case_ref, finished_at);

-- The files of one archive.
create table investigator.archive_set (
  set_id uuid primary key,
  case_ref text collate "C" not null,
  source_id uuid not null references investigator.source,
  unit_id uuid not null references investigator.archive_unit,
  -- Null where no header could be read.
  format text check (format in ('rar5', 'rar4', 'zip', '7z')),
  encryption text check (encryption in ('none', 'data', 'headers')),
  member_names text check (member_names in ('read', 'hidden', 'not-asked')),
  joining text not null check (joining in ('linked', 'joined')),
  -- Numbers of volumes that are not here.
  missing integer[] not null,
  bytes bigint not null,
  -- Account, or source and folder: whose passwords are likely to be the same.
  owner text collate "C" not null,
  -- Source and folder.
  folder text collate "C" not null,
  -- Archives that it lies in.
  depth integer not null,
  -- 'open-able': not encrypted. 'unlocked': its password is known. 'sealed': found, and may not be used to open it.
  -- 'limit': a stated limit was reached, which is a finding.
  state text not null check (state in
    ('open-able', 'locked', 'unlocked', 'sealed', 'opened', 'exhausted', 'undecidable', 'damaged', 'unsupported', 'limit')),
  reason text,
  authority_id uuid not null,
  -- The archive's own comment, sealed: it often holds the password.
  comment_sealed bytea
);
create index archive_set_by_case on investigator.archive_set (case_ref, state);
create index archive_set_by_unit on investigator.archive_set (unit_id);

create table investigator.archive_volume (
  set_id uuid not null references investigator.archive_set,
  ordinal integer not null,
  item_id bigint not null unique references investigator.item,
  primary key (set_id, ordinal)
);

-- Key material, once in a case however many volumes, members and copies share it.
create table investigator.archive_lock (
  case_ref text collate "C" not null,
  lock_key text collate "C" not null check (lock_key ~ '^[0-9a-f]{64}$'),
  kdf text not null,
  rounds bigint not null,
  scheme text not null,
  hashcat_mode integer,
  -- Why hashcat has no line for it.
  no_line text,
  -- Deflated JSON of what a check needs: `{check, hashcat}`. What is larger lies in the vault of the case.
  material bytea,
  material_object text collate "C",
  unit_id uuid not null references investigator.archive_unit,
  primary key (case_ref, lock_key),
  check ((material is null) <> (material_object is null)),
  check ((hashcat_mode is null) <> (no_line is null))
);
create index archive_lock_by_unit on investigator.archive_lock (unit_id);

create table investigator.archive_set_lock (
  set_id uuid not null references investigator.archive_set,
  ordinal integer not null,
  case_ref text collate "C" not null,
  lock_key text collate "C" not null,
  primary key (set_id, lock_key),
  foreign key (case_ref, lock_key) references investigator.archive_lock
);
create index archive_set_lock_by_lock on investigator.archive_set_lock (case_ref, lock_key);

-- Only where names may be kept.
create table investigator.archive_member (
  set_id uuid not null references investigator.archive_set,
  ordinal integer not null,
  name text not null,
  kind text not null check (kind in ('file', 'folder', 'link')),
  bytes bigint,
  packed_bytes bigint,
  encrypted text not null check (encrypted in ('yes', 'no')),
  -- Of the plaintext, where the format leaks it.
  crc32 bigint,
  modified text,
  primary key (set_id, ordinal)
);
create index archive_member_by_crc on investigator.archive_member (crc32, bytes) where crc32 is not null;

-- Same CRC-32 and size as a known file: a lead, never an identification.
create table investigator.archive_lead (
  set_id uuid not null,
  ordinal integer not null,
  list_name text not null,
  unit_id uuid not null references investigator.archive_unit,
  primary key (set_id, ordinal, list_name),
  foreign key (set_id, ordinal) references investigator.archive_member
);
create index archive_lead_by_unit on investigator.archive_lead (unit_id);
create table investigator.known_checksum (
  case_ref text collate "C" not null,
  list_name text not null,
  crc32 bigint not null check (crc32 between 0 and 4294967295),
  bytes bigint not null check (bytes >= 0),
  primary key (case_ref, crc32, bytes, list_name)
);

-- The key that seals what was found under an authority lies in the vault of the case and goes with it.
create table investigator.recovery_key (
  case_ref text collate "C" not null,
  authority_id uuid not null,
  object_sha256 text collate "C" not null,
  primary key (case_ref, authority_id)
);

-- Lists that were brought along; their bytes lie in the vault of the case.
create table investigator.word_list (
  list_id uuid primary key,
  case_ref text collate "C" not null,
  name text not null,
  sha256 text collate "C" not null,
  words bigint not null check (words > 0),
  block_words integer not null check (block_words > 0),
  -- Where each block begins, and the end.
  block_offsets bigint[] not null,
  imported_at timestamptz not null,
  imported_by text not null,
  unique (case_ref, sha256)
);

-- A word of the seizure, or one that opened something: personal data of its authority.
create table investigator.recovery_word (
  word_id bigint generated always as identity primary key,
  case_ref text collate "C" not null,
  authority_id uuid not null,
  -- Under the authority's key, so that the same word is one row and nobody else can test a guess.
  mac text collate "C" not null,
  sealed bytea not null,
  unique (case_ref, authority_id, mac)
);
create table investigator.recovery_sighting (
  word_id bigint not null references investigator.recovery_word,
  kind text not null check (kind in ('text', 'comment', 'name', 'post', 'address-of-service', 'recovered', 'stated')),
  item_id bigint,
  secret_id uuid,
  stated_by text,
  place integer,
  -- The smaller, the better.
  rank integer not null,
  owner text collate "C" not null,
  folder text collate "C" not null,
  unique nulls not distinct (word_id, kind, item_id, secret_id, owner)
);
create index recovery_sighting_by_owner on investigator.recovery_sighting (owner, rank);
create index recovery_sighting_by_folder on investigator.recovery_sighting (folder, rank);
create table investigator.harvested_item (
  item_id bigint not null,
  authority_id uuid not null,
  primary key (item_id, authority_id)
);

-- An archive that an authority lets us attempt: what its locks yield shows on it, and on no other's.
create table investigator.recovery_set (
  case_ref text collate "C" not null,
  authority_id uuid not null,
  set_id uuid not null references investigator.archive_set,
  primary key (authority_id, set_id)
);
create index recovery_set_by_set on investigator.recovery_set (set_id);

-- A lock that an authority lets us attempt, and how far it has come.
create table investigator.recovery_lock (
  case_ref text collate "C" not null,
  authority_id uuid not null,
  lock_key text collate "C" not null,
  owner text collate "C" not null,
  folder text collate "C" not null,
  -- Milliseconds a check, about.
  cost real not null,
  -- Other members of the same archive wait for this one: they are likely to have its password.
  follows text collate "C",
  hints text not null default 'waiting' check (hints in ('waiting', 'done')),
  -- Words of the seizure up to this one were considered.
  hinted_to bigint not null default 0,
  block integer not null default 0,
  state text not null default 'open'
    check (state in ('open', 'solved', 'exhausted', 'undecidable', 'uncheckable', 'withdrawn')),
  work_id uuid,
  primary key (case_ref, authority_id, lock_key)
);
create index recovery_lock_open on investigator.recovery_lock (case_ref, authority_id, owner) where state = 'open';
create index recovery_lock_by_folder on investigator.recovery_lock (case_ref, authority_id, folder) where state = 'open';
create index recovery_lock_by_work on investigator.recovery_lock (work_id) where work_id is not null;

create table investigator.recovery_run (
  run_id uuid primary key,
  case_ref text collate "C" not null,
  authority_id uuid not null,
  -- Lists, stop rule, sizes (RecoveryOptions): written before it begins.
  options jsonb not null,
  started_at timestamptz not null,
  started_by text not null,
  state text not null check (state in ('running', 'ended')),
  ended_at timestamptz,
  ended_because text,
  -- Running sums: checks made and milliseconds worked, never time in a queue.
  checks bigint not null default 0,
  worked_ms bigint not null default 0
);
create unique index recovery_run_under_way on investigator.recovery_run (case_ref, authority_id) where state = 'running';

-- Work that was planned and is not recorded yet. Whoever holds it shows so by a heartbeat; else the next one takes it.
create table investigator.recovery_work (
  work_id uuid primary key,
  case_ref text collate "C" not null,
  authority_id uuid not null,
  kind text not null check (kind in ('hints', 'spread', 'block')),
  -- WorkBody: lock keys, and the words by reference.
  body jsonb not null,
  holder text,
  beat_at timestamptz,
  planned_at timestamptz not null
);
create index recovery_work_by_authority on investigator.recovery_work (case_ref, authority_id);

-- A password that was found, to be tried on others: of the same owner, or of all that the authority covers.
create table investigator.recovery_spread (
  case_ref text collate "C" not null,
  authority_id uuid not null,
  word_id bigint not null references investigator.recovery_word,
  -- Null: all that the authority covers.
  owner text collate "C",
  state text not null check (state in ('waiting', 'done')),
  -- The kind of group whose block of words found it: what it opens is that kind's yield.
  credit text,
  unique nulls not distinct (case_ref, authority_id, word_id, owner)
);
create index recovery_spread_waiting on investigator.recovery_spread (case_ref, authority_id) where state = 'waiting';

-- What was tried on a lock. A block of words is tried once.
create table investigator.recovery_attempt (
  case_ref text collate "C" not null,
  authority_id uuid not null,
  lock_key text collate "C" not null,
  -- SHA-256 of the list; for words of the seizure a keyed digest of them.
  words text collate "C" not null,
  block integer not null,
  outcome text not null check (outcome in ('no', 'hit', 'undecided', 'unchecked')),
  -- Words up to the one that fits, or all.
  checks integer not null,
  unit_id uuid not null references investigator.archive_unit,
  primary key (case_ref, authority_id, lock_key, words, block)
);
create index recovery_attempt_by_unit on investigator.recovery_attempt (unit_id);

-- Locks opened a check, by the kind of group: what the order of work has learned.
create table investigator.recovery_yield (
  case_ref text collate "C" not null,
  authority_id uuid not null,
  kind text not null,
  checks bigint not null,
  solved bigint not null,
  primary key (case_ref, authority_id, kind)
);

-- A password that fits a lock. The word itself is sealed in `recovery_word`.
create table investigator.archive_secret (
  secret_id uuid primary key,
  case_ref text collate "C" not null,
  authority_id uuid not null,
  lock_key text collate "C" not null,
  word_id bigint not null references investigator.recovery_word,
  found_by text not null check (found_by in ('hints', 'spread', 'block')),
  -- 'undecided': nothing speaks against it, and the format cannot tell a wrong password from damage.
  verified text not null check (verified in ('by-opening', 'by-check-only', 'undecided')),
  reason text,
  unit_id uuid not null references investigator.archive_unit,
  found_at timestamptz not null,
  unique (case_ref, authority_id, lock_key, word_id)
);
create index archive_secret_by_lock on investigator.archive_secret (case_ref, lock_key);
create index archive_secret_by_unit on investigator.archive_secret (unit_id);

-- Whether passwords found under one authority were tried under another, or one on all that its own covers.
create table investigator.secret_reuse (
  reuse_id uuid primary key,
  case_ref text collate "C" not null,
  found_under uuid not null,
  tried_under uuid not null,
  answer text not null check (answer in ('allow', 'deny')),
  rule text not null,
  detail text,
  -- One password broadcast; null: all that were found.
  word_id bigint references investigator.recovery_word,
  locks bigint not null,
  decided_at timestamptz not null,
  decided_by text not null
);
create index secret_reuse_by_case on investigator.secret_reuse (case_ref);

-- SHA-256 over the rows that name a unit, as sorted lines; columns that change later (state, progress) are no part.
create function investigator.archive_unit_digest(unit uuid) returns text language sql stable as $$
  select encode(sha256(convert_to(coalesce(string_agg(line, E'\n' order by line collate "C"), ''), 'UTF8')), 'hex') from (
    select concat_ws(' ', 'set', set_id, source_id, coalesce(format, '-'), coalesce(encryption, '-'), joining, bytes, depth,
             to_json(owner), (select string_agg(item_id::text, ',' order by ordinal)
                                from investigator.archive_volume volume where volume.set_id = one.set_id),
             (select string_agg(lock_key, ',' order by ordinal)
                from investigator.archive_set_lock held where held.set_id = one.set_id),
             (select encode(sha256(convert_to(string_agg(to_json(member)::text, E'\n' order by ordinal), 'UTF8')), 'hex')
                from investigator.archive_member member where member.set_id = one.set_id)) as line
      from investigator.archive_set one where unit_id = unit
    union all
    select concat_ws(' ', 'lock', lock_key, kdf, rounds, scheme, coalesce(hashcat_mode::text, no_line),
             coalesce(encode(sha256(material), 'hex'), material_object))
      from investigator.archive_lock where unit_id = unit
    union all
    select concat_ws(' ', 'lead', set_id, ordinal, to_json(list_name)) from investigator.archive_lead where unit_id = unit
    union all
    select concat_ws(' ', 'attempt', authority_id, lock_key, words, block, outcome, checks)
      from investigator.recovery_attempt where unit_id = unit
    union all
    select concat_ws(' ', 'secret', secret_id, authority_id, lock_key, word_id, found_by, verified)
      from investigator.archive_secret where unit_id = unit
  ) lines
$$;
