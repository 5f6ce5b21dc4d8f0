export { parseRangeData, type RangeData, type RangeSource, readRangeData } from './range-data.js';
