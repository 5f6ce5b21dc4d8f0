export { openFolderVault } from './folder-vault.js';
export {
  type Bytes,
  type Md5,
  type ObjectStat,
  type OpenedObject,
  type OpenOptions,
  type PutOptions,
  type ScrubFinding,
  type ScrubOptions,
  type ScrubReport,
  type Sha256,
  type Stored,
  sha256Address,
  type Vault,
} from './vault.js';
export { VaultError } from './vault-error.js';
