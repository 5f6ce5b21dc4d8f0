export { bagitText, formatBagInfo, formatNamed, packageFormat } from './bag-info.js';
export { formatCanonicalFile } from './canonical-file.js';
export { type Contents, type ContentsFile, type FileRole, parseContents, rolesOf } from './contents.js';
export {
  type EventLine,
  type ExportedPayload,
  exportedEvent,
  formatEventLine,
  parseEventLine,
  type ReadEventLine,
  readExportedPayload,
} from './event-line.js';
export { limits } from './limits.js';
export {
  formatManifestLine,
  type ManifestAlgorithm,
  type ManifestScope,
  manifestAlgorithms,
  manifestPath,
  parseManifestLine,
  scopeOf,
} from './manifest.js';
export { formatNodes } from './nodes.js';
export {
  approvalPath,
  authorityOf,
  comparePaths,
  foldPath,
  packagePaths,
  pathFault,
  timestampPaths,
  verifierPaths,
} from './paths.js';
export { type PackagePeople, parseApproval, parsePeople } from './people.js';
export {
  type ExportContent,
  type ExportRecipient,
  type ExportRequest,
  parseExportRequest,
} from './request.js';
