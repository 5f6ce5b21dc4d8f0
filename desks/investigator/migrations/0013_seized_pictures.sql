-- What seized pictures look like, so that an edited copy of a listed one is found. A run is made of units, each a durable
-- workflow over a share of the contents; a unit's row is written with its pictures, in one transaction.
create table investigator.fingerprint_run (
  run_id uuid primary key,
  case_ref text collate "C" not null references investigator.case,
  state text not null check (state in ('running', 'ended')),
  -- SHA-256 with which each unit's contents begin; it reaches to where the next one's do. All copies of a content are in
  -- one unit, which therefore decodes it once.
  bounds text[] not null,
  contents bigint not null check (contents >= 0),
  started_at timestamptz not null,
  started_by text not null,
  finished_at timestamptz
);
create unique index fingerprint_run_under_way on investigator.fingerprint_run (case_ref) where state = 'running';
create index fingerprint_run_by_case on investigator.fingerprint_run (case_ref, started_at desc);

create table investigator.fingerprint_unit (
  unit_id uuid primary key,
  run_id uuid not null references investigator.fingerprint_run,
  case_ref text collate "C" not null,
  place integer not null check (place >= 0),
  state text not null check (state in ('done', 'stopped-by-authority')),
  -- The rule that stopped it.
  reason text,
  -- Files asked about, and those that `match` does not cover.
  items bigint not null,
  refused bigint not null,
  -- Contents worked through, and how many of them were decoded.
  contents bigint not null,
  decoded bigint not null,
  milliseconds bigint not null,
  rows_sha256 text collate "C" not null,
  finished_at timestamptz not null,
  unique (run_id, place)
);

-- One row a content inside one authority, whatever became of it.
create table investigator.picture (
  unit_id uuid not null references investigator.fingerprint_unit,
  case_ref text collate "C" not null,
  authority_id uuid not null,
  sha256 text collate "C" not null,
  -- 'unread': no copy could be read as it was digested; a later run tries again.
  outcome text not null
    check (outcome in ('decoded', 'not-a-picture', 'unsupported', 'over-limit', 'damaged', 'unread')),
  -- What the decoder or the reader said.
  reason text,
  pdq bytea check (length(pdq) = 32),
  -- The hashes of the picture turned in the seven other ways, in the order of `variants`.
  turned bytea check (length(turned) = 7 * 32),
  quality smallint check (quality between 0 and 100),
  -- 'damaged': parts of the picture may be missing.
  integrity text check (integrity in ('whole', 'damaged')),
  decoded_by text,
  primary key (unit_id, authority_id, sha256),
  check ((outcome = 'decoded') = (pdq is not null) and (pdq is null) = (turned is null)
         and (pdq is null) = (quality is null))
);
create unique index picture_settled on investigator.picture (case_ref, authority_id, sha256) where outcome <> 'unread';

-- SHA-256 of a unit's pictures, sorted, each as a line.
create function investigator.fingerprint_unit_digest(unit uuid) returns text language sql stable as $$
  select encode(sha256(convert_to(coalesce(string_agg(
    concat_ws(' ', sha256, authority_id, outcome, coalesce(reason, '-'), coalesce(encode(pdq, 'hex'), '-'),
              coalesce(encode(turned, 'hex'), '-'), coalesce(quality::text, '-'), coalesce(integrity, '-')),
    E'\n' order by sha256, authority_id), ''), 'UTF8')), 'hex')
  from investigator.picture where unit_id = unit
$$;

-- Near matches stand beside exact ones: leads, told by their distance.
alter table investigator.known_match
  drop constraint known_match_by_digest_check,
  add constraint known_match_by_digest_check check (by_digest in ('sha256', 'sha1', 'md5', 'pdq')),
  -- Of the list, where its entry begins; null for comparisons of before this was kept.
  add column line bigint,
  -- Bits, and how the file has to be turned to agree; both only for PDQ.
  add column distance smallint check (distance between 0 and 256),
  add column variant text,
  add constraint known_match_near check ((by_digest = 'pdq') = (distance is not null and variant is not null));
alter table investigator.known_run
  add column near bigint not null default 0,
  -- Pictures whose looks were compared, and those that could not be: not looked at yet, not decoded, too little in them.
  add column pictures bigint not null default 0,
  add column unseen bigint not null default 0;

-- The lines of comparisons made before have no entry, distance or variant, and keep their digest.
create or replace function investigator.known_matches_digest(run uuid) returns text language sql stable as $$
  select encode(sha256(convert_to(coalesce(string_agg(
           concat_ws(' ', item_id, by_digest, authority_id, line, distance, variant), E'\n' order by item_id), ''),
         'UTF8')), 'hex')
    from investigator.known_match where run_id = run
$$;
