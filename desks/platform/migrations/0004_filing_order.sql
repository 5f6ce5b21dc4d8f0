-- The ledger of reports is read by key from either end, however many there are.
create index filing_newest on platform.filing (opened_at, id);
create index filing_by_account on platform.filing (account, opened_at);
