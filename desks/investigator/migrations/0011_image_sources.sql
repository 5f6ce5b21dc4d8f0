-- A disk image is a source: its file system may keep local time, of the zone that the exhibit's clocks kept.
alter table investigator.source add column zone text;
