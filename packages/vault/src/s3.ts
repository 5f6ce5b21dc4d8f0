export { openS3Store, type S3StoreOptions } from './store/s3-store.js';
