import type { Decoder } from '@tutela/media';
import type { ItemReader } from '../archive/item-reader.js';
import type { SeizureDeps } from '../seizure/deps.js';

/** What looking at seized pictures needs. */
export interface FingerprintDeps extends SeizureDeps {
  readonly reader: ItemReader;
  readonly decoder: Decoder;
}
