-- Openings of a case may be sealed under the key of the case, so that they can be read for as long as that key is there.

-- Key and payload as one ciphertext; then the other two columns are empty.
alter table ledger.opening
  add column sealed bytea,
  alter column key drop not null,
  alter column payload drop not null,
  add check (
    (sealed is null and key is not null and payload is not null)
    or (sealed is not null and key is null and payload is null)
  );
