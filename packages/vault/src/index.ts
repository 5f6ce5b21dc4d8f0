export { decryptWith } from './age/decrypt-with.js';
export { encryptTo, wrapForRecipients } from './age/encrypt-to.js';
export type { CaseKeyFault, CaseKeyStore, WrappedCaseKey } from './keys/case-key-store.js';
export { openFileInstallationKey } from './keys/file-installation-key.js';
export { openFolderCaseKeys } from './keys/folder-case-keys.js';
export type { InstallationKeys, WrappingKey } from './keys/installation-key.js';
export { type Keyring, openKeyring, rewrapCaseKeys } from './keys/keyring.js';
export { openPkcs11InstallationKey, type Pkcs11Options } from './keys/pkcs11-installation-key.js';
export { type Pkcs11Key, parsePkcs11Uri } from './keys/pkcs11-uri.js';
export { rotateFileKey } from './keys/rotate-file-key.js';
export { openFolderVault, openVault } from './open-vault.js';
export { type EncryptedPlainObjects, encryptPlainObjects } from './plain-objects.js';
export { openFolderStore } from './store/folder-store.js';
export type { KeyId, ObjectName, ObjectStore } from './store/object-store.js';
export { parseStorePlace, type S3Place, type StorePlace } from './store/s3-place.js';
export {
  type AbsenceCode,
  type ByteRange,
  type Bytes,
  type Compartment,
  type CompartmentUsage,
  type ExpectedObject,
  type Md5,
  type ObjectStat,
  type OpenedObject,
  type OpenedRange,
  type PutOptions,
  type ScrubFinding,
  type ScrubOptions,
  type ScrubProgress,
  type ScrubReport,
  type Sha256,
  type Stored,
  sha256Address,
  type Vault,
} from './vault.js';
export { VaultError, type VaultErrorCode } from './vault-error.js';
