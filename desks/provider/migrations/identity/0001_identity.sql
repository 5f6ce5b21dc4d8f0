-- Whom a handle stands for, apart from everything that says what an address did. Nothing refers to it, and it refers to
-- nothing: a handle is opaque without the key in the data folder.

create table provider_identity.customer (
  handle text primary key check (handle ~ '^[0-9a-f]{32}$'),
  name text not null,
  line text not null check (line in ('residential', 'business', 'shared')),
  installation_address text not null,
  billing_address text not null,
  noted_at timestamptz not null
);

-- Who was named under which order, in the words that were handed out.
create table provider_identity.disclosure (
  order_id uuid not null,
  handle text not null check (handle ~ '^[0-9a-f]{32}$'),
  document text not null,
  disclosed_at timestamptz not null,
  primary key (order_id, handle)
);
