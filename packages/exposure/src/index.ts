export { ExposureError, type ExposureErrorCode } from './exposure-error.js';
