import { expect, test } from 'vitest';
import { sources } from '../../house.js';
import { allScreens } from './all-screens.js';
import { nodeWithOneOfEach } from './one-of-each.js';

const ask = nodeWithOneOfEach('1');

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
