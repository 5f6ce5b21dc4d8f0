declare const brand: unique symbol;
/** A value that carries its meaning in its type: a report number is not a file number. */
export type Branded<T, Name extends string> = T & { readonly [brand]: Name };

/** A random identifier (RFC 9562, version 4). */
export const newId = <Id extends Branded<string, string>>(): Id => crypto.randomUUID() as string as Id;
