export { type Fault, type FaultProxy, openFaultProxy } from './fault-proxy.js';
export { type Copy, encode, type PictureFormat } from './picture/encode.js';
export { makePicture, type Picture, type PictureSize } from './picture/make-picture.js';
export { openssl, opensslAtHand } from './time-authority/openssl.js';
export { openTimeAuthority, type TimeAuthority, type TimeAuthorityOptions } from './time-authority/time-authority.js';
export {
  type AssertionResponse,
  type Ceremony,
  type CreationOptions,
  type RegistrationResponse,
  type RequestOptions,
  type SoftwareAuthenticator,
  softwareAuthenticator,
} from './webauthn/software-authenticator.js';
