-- Who may do what under which authority. Every row is written in the transaction of a ledger event that vouches for it,
-- but for challenges, counters and reminders of what is due.

create function policy.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'policy.% only grows: % refused', tg_table_name, lower(tg_op) using errcode = '42501';
end $$;

create table policy.person (
  -- A pseudonym; it is what the ledger shows.
  person_id text collate "C" primary key check (person_id ~ '^[a-z0-9][a-z0-9._-]{0,63}$'),
  name text not null,
  added_at timestamptz not null,
  added_by text not null,
  revoked_at timestamptz,
  revoked_by text,
  check ((revoked_at is null) = (revoked_by is null))
);

create table policy.credential (
  -- Base64url: the authenticator's own id of a passkey, SHA-256 of the public key for a key file.
  credential_id text collate "C" primary key,
  person_id text collate "C" not null references policy.person,
  method text not null check (method in ('webauthn', 'ed25519')),
  algorithm text not null check (algorithm in ('ES256', 'RS256', 'EdDSA')),
  -- SubjectPublicKeyInfo, base64url.
  public_key text not null unique,
  -- The same key as the authenticator wrote it (COSE), for passkeys.
  cose_key text,
  -- Of the last assertion; one that does not grow is a copied authenticator.
  sign_count bigint not null default 0,
  added_at timestamptz not null,
  added_by text not null,
  revoked_at timestamptz,
  revoked_by text,
  check ((method = 'webauthn') = (cose_key is not null)),
  check ((revoked_at is null) = (revoked_by is null))
);
create index credential_by_person on policy.credential (person_id);

-- Origins at which this installation served the page for approvals: what a passkey's signature is bound to.
create table policy.site (
  origin text collate "C" primary key check (origin ~ '^https?://[a-z0-9.:-]+$'),
  added_at timestamptz not null,
  added_by text not null
);

-- Challenges of passkey registrations under way; one is gone as soon as it is answered.
create table policy.registration (
  challenge text collate "C" primary key,
  person_id text collate "C" not null references policy.person,
  expires_at timestamptz not null
);

create table policy.approval_request (
  digest text collate "C" primary key check (digest ~ '^[0-9a-f]{64}$'),
  request_id text not null unique,
  action text not null,
  case_ref text,
  requested_by text not null,
  requested_at timestamptz not null,
  expires_at timestamptz not null,
  -- RFC 8785 text, the bytes under the digest.
  document text not null,
  -- 'open' also when enough have approved: only its use ends it, or a refusal.
  state text not null default 'open' check (state in ('open', 'refused', 'used')),
  settled_at timestamptz,
  settled_by text,
  check ((state = 'open') = (settled_at is null))
);
create index approval_request_by_state on policy.approval_request (state, requested_at desc);

create table policy.approval (
  digest text collate "C" not null references policy.approval_request,
  person_id text collate "C" not null references policy.person,
  word text not null check (word in ('approves', 'refuses')),
  at timestamptz not null,
  -- RFC 8785 text of the approval, verbatim.
  document text not null,
  primary key (digest, person_id)
);
create trigger only_grows before update or delete or truncate on policy.approval
  for each statement execute function policy.refuse_change();

-- How often what an authority covers was changed, case by case: one number to look at for a job that runs.
create table policy.case_version (
  case_ref text collate "C" primary key,
  version bigint not null
);
create function policy.count_change() returns trigger language plpgsql as $$
begin
  insert into policy.case_version as counted (case_ref, version) values (new.case_ref, 1)
    on conflict (case_ref) do update set version = counted.version + 1;
  return null;
end $$;

create table policy.authority_version (
  authority_id uuid not null,
  version int not null check (version >= 1),
  case_ref text collate "C" not null,
  kind text not null,
  in_force_from timestamptz not null,
  in_force_to timestamptz not null check (in_force_from < in_force_to),
  entered_by text not null,
  entered_at timestamptz not null,
  -- RFC 8785 text of the whole authority, and its SHA-256.
  document text not null,
  document_sha256 text not null check (document_sha256 ~ '^[0-9a-f]{64}$'),
  primary key (authority_id, version)
);
create index authority_by_case on policy.authority_version (case_ref);

create table policy.authority_verification (
  authority_id uuid not null,
  version int not null,
  case_ref text collate "C" not null,
  request_digest text collate "C" not null unique references policy.approval_request,
  verified_by text[] not null,
  verified_at timestamptz not null,
  primary key (authority_id, version),
  foreign key (authority_id, version) references policy.authority_version
);

create table policy.authority_end (
  authority_id uuid primary key,
  case_ref text collate "C" not null,
  kind text not null check (kind in ('revoked', 'superseded')),
  ended_at timestamptz not null,
  ended_by text not null,
  reason text not null,
  successor uuid,
  check ((kind = 'superseded') = (successor is not null))
);

-- The report to a justice after a seizure, once it is filed.
create table policy.report_filed (
  authority_id uuid primary key,
  filed_at timestamptz not null,
  filed_by text not null,
  reference text not null
);

-- What was already reminded of. A deadline that moves is another one.
create table policy.reminder (
  authority_id uuid not null,
  kind text not null,
  due_at timestamptz not null,
  reminded_at timestamptz not null,
  primary key (authority_id, kind, due_at)
);

create table policy.freeze (
  freeze_id uuid primary key,
  case_ref text collate "C" not null,
  extent text not null check (extent in ('case', 'source', 'item')),
  source_id text,
  item_ref text,
  -- The authority under which the find was made, where there is one.
  found_under uuid,
  frozen_at timestamptz not null,
  frozen_by text not null,
  reason text not null,
  check ((extent = 'source') = (source_id is not null)),
  check ((extent = 'item') = (item_ref is not null))
);
create index freeze_by_case on policy.freeze (case_ref);
create table policy.freeze_lift (
  freeze_id uuid primary key references policy.freeze,
  case_ref text collate "C" not null,
  authority_id uuid not null,
  lifted_at timestamptz not null,
  lifted_by text not null
);

-- Items that went to the filter team, and what it said of them.
create table policy.routing (
  case_ref text collate "C" not null,
  item_ref text collate "C" not null,
  routed_at timestamptz not null,
  routed_by text not null,
  reason text not null,
  primary key (case_ref, item_ref)
);
create table policy.filter_ruling (
  case_ref text collate "C" not null,
  item_ref text collate "C" not null,
  ruling text not null check (ruling in ('released', 'withheld')),
  ruled_at timestamptz not null,
  ruled_by text not null,
  reason text not null,
  primary key (case_ref, item_ref),
  foreign key (case_ref, item_ref) references policy.routing
);

create table policy.case_role (
  case_ref text collate "C" not null,
  person_id text collate "C" not null references policy.person,
  role text not null check (role in ('lead', 'examiner', 'filter', 'oversight')),
  granted_at timestamptz not null,
  granted_by text not null,
  ended_at timestamptz,
  ended_by text,
  primary key (case_ref, person_id, role, granted_at),
  check ((ended_at is null) = (ended_by is null))
);

create table policy.decision (
  decision_id uuid primary key,
  case_ref text collate "C" not null,
  step text not null,
  decided_at timestamptz not null,
  actor text,
  answer text not null check (answer in ('allow', 'deny', 'needs')),
  rule text not null,
  authority_id uuid,
  object_group text not null,
  objects bigint not null check (objects >= 1),
  -- RFC 8785 text of the batch (DecisionBatch).
  document text not null
);
create index decision_by_case on policy.decision (case_ref, decided_at);

do $$
declare
  name text;
begin
  foreach name in array array['authority_version', 'authority_verification', 'authority_end', 'report_filed', 'freeze',
                              'freeze_lift', 'routing', 'filter_ruling', 'decision'] loop
    execute format('create trigger only_grows before update or delete or truncate on policy.%I
      for each statement execute function policy.refuse_change()', name);
  end loop;
  foreach name in array array['authority_version', 'authority_verification', 'authority_end', 'freeze', 'freeze_lift'] loop
    execute format('create trigger counted after insert on policy.%I
      for each row execute function policy.count_change()', name);
  end loop;
end $$;

-- Whether what was derived under an authority may be shown: `where policy.visible(authority_id)`. The newest verified
-- version is in force and the authority has not ended. It hides, it deletes nothing.
create function policy.visible(authority uuid, asked_at timestamptz default now()) returns boolean
language sql stable as $$
  select coalesce((
    select version.in_force_from <= asked_at and asked_at < version.in_force_to
      from policy.authority_version as version
      join policy.authority_verification as verified using (authority_id, version)
     where version.authority_id = authority and verified.verified_at <= asked_at
     order by version.version desc
     limit 1
  ), false)
  and not exists (select from policy.authority_end where authority_id = authority and ended_at <= asked_at)
$$;

-- Whether an item is with the filter team, or was withheld by it: hidden from everybody else.
create function policy.with_filter(asked_case text, item text) returns boolean
language sql stable as $$
  select exists (select from policy.routing where case_ref = asked_case and item_ref = item)
     and not exists (
       select from policy.filter_ruling where case_ref = asked_case and item_ref = item and ruling = 'released'
     )
$$;
