import type { ExportContent } from '../format/index.js';
import type { CaseMaterial } from '../material/case-material.js';

/** Where the material is not what was approved; `undefined` when it is. */
export const materialFault = (material: CaseMaterial, content: ExportContent): string | undefined => {
  if (material.case.ref !== content.case) return `the request is about ${content.case}, not ${material.case.ref}`;
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(content.package))
    return 'the package has a name that no folder can have';
  const ids = new Set(content.items.map(({ id }) => id));
  if (new Set([...ids].map((id) => id.toLowerCase())).size < ids.size) return 'two items differ only by case';
  const approved = new Map(content.items.map((item) => [keyOf(item), item]));
  for (const item of material.items) {
    const asked = approved.get(keyOf(item));
    if (asked === undefined) return `${keyOf(item)} was not approved, or is there twice`;
    if (asked.sha256 !== item.digests.sha256 || asked.bytes !== String(item.bytes)) {
      return `${keyOf(item)} is not the one that was approved`;
    }
    approved.delete(keyOf(item));
  }
  const [missing] = approved.keys();
  return missing === undefined ? undefined : `${missing} was approved and is not there`;
};

const keyOf = ({ id, as }: { readonly id: string; readonly as: string }): string => `${id} (${as})`;
