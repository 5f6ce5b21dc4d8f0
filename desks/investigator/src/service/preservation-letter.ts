import type { PreservationRequest } from './preservation.js';

export const letterLanguages = ['en', 'es', 'pt'] as const;
export type LetterLanguage = (typeof letterLanguages)[number];

interface Wording {
  readonly title: string;
  readonly to: (name: string) => string;
  readonly ask: (count: number, until: string) => string;
  readonly keep: string;
  readonly silence: string;
  readonly ports: (count: number) => string;
  readonly times: string;
  readonly columns: string;
  readonly source: (name: string, date: string, sha256: string) => string;
}

const wordings: Readonly<Record<LetterLanguage, Wording>> = {
  en: {
    title: 'Request for the preservation of stored data',
    to: (name) => `To: ${name}`,
    ask: (count, until) =>
      `Please preserve until ${until} all stored records on the customers who used the following ${count} addresses at these moments.`,
    keep: 'Records: subscriber, address assignment and translation (address, port, time), log-ins. Nothing is to be disclosed now; an order follows.',
    silence: 'Please do not inform the customers, and change nothing in their accounts.',
    ports: (count) => `For ${count} of them our log holds no port: keep all customers who shared the address.`,
    times: 'All times are UTC, to the second, by the clock of the seized server.',
    columns: 'time, address, port',
    source: (name, date, sha256) => `The holder was found in ${name} of ${date} (SHA-256 ${sha256}).`,
  },
  es: {
    title: 'Solicitud de conservación de datos almacenados',
    to: (name) => `A: ${name}`,
    ask: (count, until) =>
      `Les pedimos conservar hasta ${until} todos los registros almacenados sobre los clientes que usaron las siguientes ${count} direcciones en estos momentos.`,
    keep: 'Registros: abonado, asignación y traducción de direcciones (dirección, puerto, hora), inicios de sesión. No se pide entregar nada ahora; seguirá una orden.',
    silence: 'Les pedimos no informar a los clientes y no cambiar nada en sus cuentas.',
    ports: (count) =>
      `Para ${count} de ellas nuestro registro no contiene el puerto: conserven a todos los clientes que compartían la dirección.`,
    times: 'Todas las horas son UTC, al segundo, según el reloj del servidor incautado.',
    columns: 'hora, dirección, puerto',
    source: (name, date, sha256) => `El titular consta en ${name} de ${date} (SHA-256 ${sha256}).`,
  },
  pt: {
    title: 'Pedido de preservação de dados armazenados',
    to: (name) => `Para: ${name}`,
    ask: (count, until) =>
      `Pedimos que preservem até ${until} todos os registros armazenados sobre os clientes que usaram os seguintes ${count} endereços nestes momentos.`,
    keep: 'Registros: assinante, atribuição e tradução de endereços (endereço, porta, hora), acessos. Nada deve ser entregue agora; seguirá uma ordem.',
    silence: 'Pedimos que não informem os clientes e nada mudem em suas contas.',
    ports: (count) =>
      `Para ${count} deles o nosso registro não contém a porta: preservem todos os clientes que partilhavam o endereço.`,
    times: 'Todas as horas são UTC, ao segundo, pelo relógio do servidor apreendido.',
    columns: 'hora, endereço, porta',
    source: (name, date, sha256) => `O titular consta em ${name} de ${date} (SHA-256 ${sha256}).`,
  },
};

/** A letter in plain text. No account of the seized service stands in it: the provider needs address, port and time. */
export const preservationLetter = (request: PreservationRequest, language: LetterLanguage): string => {
  const words = wordings[language];
  const { provider, holder, country, targets, withoutPort, keepUntil, askedAt, caseRef, data } = request;
  const addressee =
    provider === undefined ? `${holder} (${country})` : `${provider.name} (${country}), ${provider.contact}`;
  return [
    words.title,
    '',
    words.to(addressee),
    `${caseRef}, ${askedAt.slice(0, 10)}`,
    '',
    words.ask(targets.length, keepUntil.slice(0, 10)),
    words.keep,
    words.silence,
    ...(withoutPort === 0 ? [] : [words.ports(withoutPort)]),
    words.times,
    '',
    words.columns,
    ...targets.map(({ at, address, port }) => `${at.slice(0, 19)}Z, ${address}, ${port ?? '-'}`),
    '',
    ...data.map(({ name, date, sha256 }) => words.source(name, date, sha256)),
    '',
  ].join('\n');
};
