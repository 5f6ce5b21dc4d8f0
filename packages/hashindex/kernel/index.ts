export { permute, unpermute } from './permute';
export { countTops, buildTables } from './build';
export { probe } from './probe';
export { scan } from './scan';
