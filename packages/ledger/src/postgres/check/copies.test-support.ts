import type { TestLedger } from '../ledger-database.test-support.js';

const tables = ['event', 'opening', 'effect', 'leaf', 'subtree', 'checkpoint'];

/** Keeps the rows as they are, to bring them back after each damage: much faster than a database for each test. */
export const keepCopies = async ({ tamper }: TestLedger): Promise<void> => {
  await tamper(
    [
      'create schema kept; create table kept.thing as table desk.thing',
      ...tables.map((table) => `create table kept.${table} as table ledger.${table}`),
    ].join(';'),
  );
};

export const bringBackCopies = async ({ tamper }: TestLedger): Promise<void> => {
  await tamper(
    [
      // Not truncate, which makes new files and puts them on the disk.
      ...tables.map((table) => `delete from ledger.${table}`),
      ...tables.map((table) => `insert into ledger.${table} overriding system value select * from kept.${table}`),
      'drop table if exists desk.thing',
      'create table desk.thing as table kept.thing',
      'alter table desk.thing add primary key (id)',
    ].join(';'),
  );
};
