export {
  type AddressMark,
  addressMarks,
  type MarkedAddresses,
  parseAddressMarks,
  readAddressMarks,
} from './address-marks.js';
export { parseRangeData, type RangeData, type RangeSource, readRangeData } from './range-data.js';
