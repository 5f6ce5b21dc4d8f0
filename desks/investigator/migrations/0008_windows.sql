-- For tables that people scroll through: windows on a case's items from either end, and how many there are.
create index item_by_case on investigator.item (case_ref, item_id) include (authority_id);
