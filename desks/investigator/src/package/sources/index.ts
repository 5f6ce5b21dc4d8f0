import type { MaterialSource } from '../material-source.js';
import { authorityMaterial } from './authorities.js';
import { exhibitMaterial } from './exhibits.js';
import { historyMaterial } from './history.js';
import { orderMaterial } from './orders.js';
import { reportMaterial } from './reports.js';

/** Every part of the desk that has something to say of a case. */
export const materialSources: readonly MaterialSource[] = [
  exhibitMaterial,
  reportMaterial,
  orderMaterial,
  authorityMaterial,
  historyMaterial,
];
