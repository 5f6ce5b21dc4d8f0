/** The files of one archive, in order; most sets have one file. */
export interface VolumeSet<File> {
  /** The name without what numbers the volumes: the title that its files share. */
  readonly stem: string;
  readonly volumes: readonly File[];
  /** Numbers that a set of this naming should have and has not. */
  readonly missing: readonly number[];
  /** `joined`: the bytes of the files one after another are the archive (`.7z.001`); `linked`: each file is a volume. */
  readonly joining: 'linked' | 'joined';
}

interface Place {
  readonly stem: string;
  /** From 1. */
  readonly number: number;
  readonly joining: 'linked' | 'joined';
  readonly naming: string;
}

/** `.rar .r00 … .r99 .s00`, `.z01 … .zip`, `.part1.rar`, `.7z.001`: how RAR, Info-ZIP and 7-Zip number volumes. */
const placeOf = (name: string): Place | undefined => {
  const part = /^(.*)\.part(\d{1,5})\.(?:rar|exe)$/i.exec(name);
  if (part !== null) return { stem: part[1]!, number: Number(part[2]), joining: 'linked', naming: 'part' };
  const joined = /^(.*\.(?:7z|zip|rar))\.(\d{3,4})$/i.exec(name);
  if (joined !== null) return { stem: joined[1]!, number: Number(joined[2]), joining: 'joined', naming: 'joined' };
  const old = /^(.*)\.([r-z])(\d\d)$/i.exec(name);
  if (old !== null && old[2]!.toLowerCase() === 'z') {
    return { stem: old[1]!, number: Number(old[3]), joining: 'linked', naming: 'zip' };
  }
  if (old !== null) {
    const hundreds = old[2]!.toLowerCase().charCodeAt(0) - 'r'.charCodeAt(0);
    return { stem: old[1]!, number: 100 * hundreds + Number(old[3]) + 2, joining: 'linked', naming: 'rar' };
  }
  return undefined;
};

const endingOf = (name: string): 'rar' | 'zip' | undefined => {
  const ending = /\.(rar|zip|exe)$/i.exec(name)?.[1]?.toLowerCase();
  return ending === 'rar' || ending === 'exe' ? 'rar' : ending === 'zip' ? 'zip' : undefined;
};

/**
 * Puts the files of one folder into sets by their names. Names lie; whether the volumes of a set belong together is
 * shown by their locks, which are equal (`Lock.key`).
 */
export const groupVolumes = <File>(
  files: readonly File[],
  nameOf: (file: File) => string,
): readonly VolumeSet<File>[] => {
  const numbered = new Map<string, Map<number, File>>();
  const places = new Map<string, Place>();
  const rest: File[] = [];
  for (const file of files) {
    const place = placeOf(nameOf(file));
    if (place === undefined) {
      rest.push(file);
      continue;
    }
    const key = `${place.naming}/${place.stem.toLowerCase()}`;
    places.set(key, places.get(key) ?? place);
    const set = numbered.get(key) ?? new Map<number, File>();
    if (set.has(place.number)) rest.push(file);
    else numbered.set(key, set.set(place.number, file));
  }
  const single: VolumeSet<File>[] = [];
  for (const file of rest) {
    const name = nameOf(file);
    const ending = endingOf(name);
    const stem = ending === undefined ? name : name.replace(/\.[^.]+$/, '');
    const set = ending === undefined ? undefined : numbered.get(`${ending}/${stem.toLowerCase()}`);
    // `x.rar` is the first of its set, `x.zip` the last.
    const number = set === undefined ? 1 : ending === 'rar' ? 1 : Math.max(...set.keys()) + 1;
    if (set !== undefined && !set.has(number)) set.set(number, file);
    else single.push({ stem, volumes: [file], missing: [], joining: 'linked' });
  }
  const sets = [...numbered].map(([key, set]): VolumeSet<File> => {
    const { stem, joining } = places.get(key)!;
    const numbers = [...set.keys()].sort((a, b) => a - b);
    const missing = Array.from({ length: numbers.at(-1)! }, (_, at) => at + 1).filter((number) => !set.has(number));
    return { stem, joining, missing, volumes: numbers.map((number) => set.get(number)!) };
  });
  return [...sets, ...single];
};
