export { type CanonicalJson, canonicalJson, type JsonObject, type JsonValue } from './canonical-json.js';
export { CodedError } from './coded-error.js';
export { groupBy } from './group-by.js';
export { fromHex, toHex } from './hex.js';
export { type Branded, newId } from './ids.js';
export {
  type Done,
  done,
  type Failed,
  failed,
  type Limited,
  limited,
  type Nothing,
  nothing,
  type Outcome,
  type Reason,
  type Refused,
  refused,
  type Undecidable,
  undecidable,
  unreachable,
} from './outcome.js';
export { type Clock, parseInstant, systemClock, toInstant, type UtcInstant } from './time.js';
