export { permute, unpermute } from './permute';
export { countKeys, startsFromCounts, placeKeys } from './build';
export { probe } from './probe';
export { scan } from './scan';
