export { type LossyProxy, openLossyProxy } from './lossy-proxy.js';
export { type Copy, encode, type PictureFormat } from './picture/encode.js';
export { makePicture, type Picture, type PictureSize } from './picture/make-picture.js';
