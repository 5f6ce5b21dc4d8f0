/** The screens of a case, in the order in which they are worked through. */
export const casePlaces = [
  place('/desk/investigator/cases/$case', 'investigator.case.title', 'exactly'),
  place('/desk/investigator/cases/$case/seizure', 'investigator.seizure.title'),
  place('/desk/investigator/cases/$case/items', 'investigator.items.title'),
  place('/desk/investigator/cases/$case/archives', 'investigator.archives.title'),
  place('/desk/investigator/cases/$case/stacks', 'investigator.stacks.title'),
  place('/desk/investigator/cases/$case/users', 'investigator.users.title'),
  place('/desk/investigator/cases/$case/accounts', 'investigator.accounts.title'),
  place('/desk/investigator/cases/$case/knowledge', 'investigator.knowledge.title'),
  place('/desk/investigator/cases/$case/orders', 'investigator.orders.title'),
  place('/desk/investigator/cases/$case/packages', 'investigator.packages.title'),
] as const;

function place<const To extends string, const Label extends string>(
  to: To,
  label: Label,
  match: 'exactly' | 'below' = 'below',
) {
  return { to, label, activeOptions: { exact: match === 'exactly', includeSearch: false } };
}
