/** A letter's fixed words in one language. */
export interface LetterWords {
  readonly subject: (reference: string) => string;
  readonly greeting: string;
  readonly order: (issuedBy: string, issuedAt: string, sha256: string) => string;
  readonly offence: string;
  readonly purpose: string;
  readonly due: string;
  readonly expires: string;
  readonly ask: string;
  readonly disclose: Readonly<Record<'count' | 'handle' | 'identity', string>>;
  readonly rules: readonly string[];
  readonly table: readonly [
    number: string,
    address: string,
    port: string,
    protocol: string,
    time: string,
    error: string,
  ];
  readonly none: string;
  readonly unknown: string;
  readonly seconds: (count: number) => string;
  readonly attached: (count: number, sha256: string) => string;
  readonly page: (number: number, of: number) => string;
}

const en: LetterWords = {
  subject: (reference) => `Order ${reference}: subscriber of an address, port and time`,
  greeting: 'To the department for legal requests',
  order: (issuedBy, issuedAt, sha256) => `Order of ${issuedBy} of ${issuedAt}; SHA-256 of its document ${sha256}.`,
  offence: 'Offence',
  purpose: 'Purpose',
  due: 'Please answer by',
  expires: 'Do not answer after',
  ask: 'For each line below, please state who held the address, port and protocol during the whole of the time named, widened by the stated clock error on both sides and by that of your own devices.',
  disclose: {
    count: 'State only how many subscribers come into question.',
    handle: 'State a reference of your own for the subscriber, and no name.',
    identity: 'State the name, the installation address and the billing address of the subscriber.',
  },
  rules: [
    'If more than one subscriber comes into question, state the number only. Name none of them.',
    'Do not widen the time in order to find somebody. No record, and a gap in your records, are different answers: state which.',
    'State how far the next other holder is away in time, and whether beginning and end were logged or inferred.',
    'Times are UTC. Ports are those of the customer side of the connection, as your NAT showed them to the outside.',
  ],
  table: ['No.', 'Address', 'Port', 'Protocol', 'Time (UTC)', 'Clock error'],
  none: 'not known',
  unknown: 'not known',
  seconds: (count) => `± ${count} s`,
  attached: (count, sha256) => `${count} observations; the order as data has SHA-256 ${sha256}.`,
  page: (number, of) => `Page ${number} of ${of}`,
};

const es: LetterWords = {
  subject: (reference) => `Orden ${reference}: abonado de una dirección, puerto y hora`,
  greeting: 'Al departamento de requerimientos legales',
  order: (issuedBy, issuedAt, sha256) => `Orden de ${issuedBy} del ${issuedAt}; SHA-256 de su documento ${sha256}.`,
  offence: 'Delito',
  purpose: 'Finalidad',
  due: 'Se solicita respuesta antes del',
  expires: 'No responder después del',
  ask: 'Para cada línea, indique quién tuvo la dirección, el puerto y el protocolo durante todo el tiempo señalado, ampliado por ambos lados con el error de reloj indicado y con el de sus propios equipos.',
  disclose: {
    count: 'Indique solamente cuántos abonados entran en consideración.',
    handle: 'Indique una referencia propia del abonado, sin nombre.',
    identity: 'Indique el nombre, la dirección de instalación y la dirección de facturación del abonado.',
  },
  rules: [
    'Si entra en consideración más de un abonado, indique únicamente el número. No nombre a ninguno.',
    'No amplíe el tiempo para encontrar a alguien. Que no haya registro y que falten registros son respuestas distintas: indique cuál.',
    'Indique a qué distancia en el tiempo está el siguiente titular, y si el inicio y el fin fueron registrados o inferidos.',
    'Las horas son UTC. Los puertos son los del lado del cliente, tal como su NAT los mostró hacia fuera.',
  ],
  table: ['N.º', 'Dirección', 'Puerto', 'Protocolo', 'Hora (UTC)', 'Error de reloj'],
  none: 'no consta',
  unknown: 'no consta',
  seconds: (count) => `± ${count} s`,
  attached: (count, sha256) => `${count} observaciones; la orden como datos tiene SHA-256 ${sha256}.`,
  page: (number, of) => `Página ${number} de ${of}`,
};

const pt: LetterWords = {
  subject: (reference) => `Ordem ${reference}: assinante de um endereço, porta e hora`,
  greeting: 'Ao departamento de requisições legais',
  order: (issuedBy, issuedAt, sha256) => `Ordem de ${issuedBy} de ${issuedAt}; SHA-256 do seu documento ${sha256}.`,
  offence: 'Crime',
  purpose: 'Finalidade',
  due: 'Solicita-se resposta até',
  expires: 'Não responder depois de',
  ask: 'Para cada linha, indique quem teve o endereço, a porta e o protocolo durante todo o tempo assinalado, alargado para ambos os lados com o erro de relógio indicado e com o dos seus próprios equipamentos.',
  disclose: {
    count: 'Indique apenas quantos assinantes podem estar em causa.',
    handle: 'Indique uma referência própria do assinante, sem nome.',
    identity: 'Indique o nome, o endereço de instalação e o endereço de faturação do assinante.',
  },
  rules: [
    'Se mais de um assinante puder estar em causa, indique apenas o número. Não nomeie nenhum.',
    'Não alargue o tempo para encontrar alguém. Não haver registo e faltarem registos são respostas diferentes: indique qual.',
    'Indique a que distância no tempo está o titular seguinte, e se o início e o fim foram registados ou inferidos.',
    'As horas são UTC. As portas são as do lado do cliente, tal como o seu NAT as mostrou para fora (porta lógica).',
  ],
  table: ['N.º', 'Endereço', 'Porta', 'Protocolo', 'Hora (UTC)', 'Erro de relógio'],
  none: 'não consta',
  unknown: 'não consta',
  seconds: (count) => `± ${count} s`,
  attached: (count, sha256) => `${count} observações; a ordem como dados tem SHA-256 ${sha256}.`,
  page: (number, of) => `Página ${number} de ${of}`,
};

export const letterWords: Readonly<Record<'en' | 'es' | 'pt', LetterWords>> = { en, es, pt };
