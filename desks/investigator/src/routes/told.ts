/** The same value, as the types of schemas have it: nothing in them is readonly. */
export type Told<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends readonly (infer Each)[]
    ? Told<Each>[]
    : { -readonly [Key in keyof T]: Told<T[Key]> };

export const told = <T>(value: T): Told<T> => value as Told<T>;

type CamelName<Name> = Name extends `${infer Head}_${infer Rest}` ? `${Head}${Capitalize<CamelName<Rest>>}` : Name;
type Camel<Row> = { -readonly [Key in keyof Row as CamelName<Key>]: Told<Row[Key]> };

/** A row of a table as JSON names its columns: `case_ref` as `caseRef`. */
export const camel = <Row extends object>(row: Row): Camel<Row> =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  ) as Camel<Row>;

/** What was asked for, without what was not. */
export const defined = <T extends object>(query: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } =>
  Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined)) as never;
