import { expect, test } from 'vitest';
import { sources } from '../../house.js';
import { allScreens } from './all-screens.js';
import type { Ask } from './screen.js';

const id = '1';
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
  reportNumber: id,
  requestId: id,
  setId: id,
  stack: id,
};
const one = [thing];
const oneOfEach = {
  ...thing,
  cases: one,
  lists: one,
  orders: one,
  packages: one,
  referrals: one,
  requests: one,
  rows: one,
};

/** A node that holds one of everything, whatever is asked. */
const ask: Ask = async <Body>() => oneOfEach as Body;

const routes = sources()
  .filter(({ file }) => /^apps\/console\/src\/.*\.tsx?$/.test(file))
  .flatMap(({ text }) => (text.includes('createRoute(') ? [...text.matchAll(/^ *path: '([^']+)'/gm)] : []))
  .map(([, route = '']) => route);

test('every address of the console is in the list of its desk’s screens', async () => {
  const paths = (await allScreens(ask)).map(({ path }) => path.replace(/\?.*$/, ''));
  const shape = (route: string) => new RegExp(`^${route.replaceAll(/\$[a-z]+/g, '[^/]+')}$`);
  expect(routes.length).toBeGreaterThan(45);
  expect(routes.filter((route) => !paths.some((path) => shape(route).test(path)))).toEqual([]);
});

test('no two screens have one name', async () => {
  const names = (await allScreens(ask)).map(({ name }) => name);
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
});
