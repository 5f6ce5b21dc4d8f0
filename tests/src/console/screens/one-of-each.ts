import type { Ask } from './screen.js';

/** A node that holds one of everything, whatever is asked. @param id of each thing that is no number */
export const nodeWithOneOfEach = (id: string): Ask => {
  const thing = {
    account: id,
    bundleId: id,
    caseRef: id,
    id,
    itemId: 1,
    list: id,
    name: id,
    orderId: id,
    providerId: id,
    referralId: id,
    reportId: id,
    reportNumber: id,
    requestId: id,
    setId: id,
    stack: id,
  };
  const one = [thing];
  const node = {
    ...thing,
    cases: one,
    lists: one,
    orders: one,
    packages: one,
    referrals: one,
    reports: one,
    requests: one,
    rows: one,
  };
  return async <Body>() => node as Body;
};
