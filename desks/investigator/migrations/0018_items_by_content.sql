-- A content of a case is found without going through all items of the case, whatever the planner knows of them: right
-- after a pass of a hundred thousand pictures it knew nothing, and stacking them took the square of their number.
drop index investigator.item_by_sha256;
create index item_by_sha256 on investigator.item (sha256, case_ref);
