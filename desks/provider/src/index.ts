export { ProviderError } from './provider-error.js';
