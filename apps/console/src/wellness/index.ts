export { Picture } from './picture.js';
