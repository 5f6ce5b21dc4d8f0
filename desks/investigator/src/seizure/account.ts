/** Says whose account a path belongs to; `undefined` where it is nobody's. */
export type AccountOf = (path: string, kind: 'file' | 'folder') => string | undefined;

/** Parts before the account, and `*` for the account itself. */
export const accountPathForm = /^([^*/]+\/)*\*$/;

/**
 * @param accountPath where the account stands in a path, such as `storage/*` for `storage/alice/a.jpg`: everything below
 * is that account's; `null` for a source that knows no accounts
 */
export const accountsBy = (accountPath: string | null): AccountOf => {
  if (accountPath === null) return () => undefined;
  const before = accountPath.slice(0, -1);
  return (path, kind) => {
    if (!path.startsWith(before)) return undefined;
    const rest = path.slice(before.length);
    const end = rest.indexOf('/');
    if (end > 0) return rest.slice(0, end);
    return kind === 'folder' && rest !== '' ? rest : undefined;
  };
};
