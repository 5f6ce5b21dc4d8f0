import { type Finding, maxFindings, schemaFinding } from '../finding.js';
import {
  type Choice,
  type Element,
  knownIn,
  type Particle,
  type SchemaVersion,
  type Sequence,
  type Unordered,
} from '../schema/notation.js';
import type { XmlElement } from '../xml/tree.js';
import { elementsOf } from './encode.js';

/** A child with the element of the description that it is, and its path. */
export interface Placed {
  readonly element: Element;
  readonly tree: XmlElement;
  readonly path: string;
}
interface Placement {
  readonly placed: readonly Placed[];
  readonly findings: readonly Finding[];
}

/** Assigns the children of an element to its description, in order; each misplaced one is a finding. */
export const placeChildren = (
  type: Sequence | Unordered | Choice,
  tree: XmlElement,
  path: string,
  version: SchemaVersion,
): Placement => {
  const particles = slotsOf(type);
  const context: Context = { particles, tree, path, version, findings: [] };
  const placed = type.kind === 'unordered' ? anyOrder(context) : inOrder(context);
  return { placed, findings: context.findings };
};

interface Context {
  readonly particles: readonly Slot[];
  readonly tree: XmlElement;
  readonly path: string;
  readonly version: SchemaVersion;
  readonly findings: Finding[];
}
/** A place in the order: its alternatives, how many may and how many must stand there. */
interface Slot {
  readonly elements: readonly Element[];
  readonly min: 0 | 1;
  readonly max: number;
}

const slotsOf = (type: Sequence | Unordered | Choice): readonly Slot[] =>
  type.kind === 'choice' ? [{ elements: type.particles, min: 1, max: 1 }] : type.particles.map(slotOf);

const slotOf = (particle: Particle): Slot => {
  if ('either' in particle) return { elements: particle.either, min: 0, max: 1 };
  const { occurs } = particle;
  return {
    elements: [particle],
    min: occurs === '1' || occurs === '+' ? 1 : 0,
    max: occurs === '*' || occurs === '+' ? Number.POSITIVE_INFINITY : 1,
  };
};

const inOrder = (context: Context): readonly Placed[] => {
  const placed: Placed[] = [];
  const paths = pathsOf(context);
  let at = 0;
  let standing = 0;
  context.tree.children.forEach((child, index) => {
    if (context.findings.length >= maxFindings) return;
    const path = paths[index] ?? context.path;
    const from = standing < (context.particles[at]?.max ?? 0) ? at : at + 1;
    const next = context.particles.findIndex((slot, place) => place >= from && holds(slot, child, context.version));
    const slot = context.particles[next];
    const element = slot?.elements.find((it) => it.name === child.name);
    if (slot === undefined || element === undefined) {
      context.findings.push(misplaced(context, child, path, standing > 0 ? at + 1 : at));
      return;
    }
    if (next !== at) {
      reportMissing(context, at, next, standing, child, path);
      standing = 0;
    }
    at = next;
    standing += 1;
    placed.push({ element, tree: child, path });
  });
  reportMissing(context, at, context.particles.length, standing, context.tree, context.path);
  return placed;
};

const anyOrder = (context: Context): readonly Placed[] => {
  const seen = new Set<string>();
  const paths = pathsOf(context);
  return context.tree.children.flatMap((child, index) => {
    if (context.findings.length >= maxFindings) return [];
    const path = paths[index] ?? context.path;
    const slot = context.particles.find((it) => holds(it, child, context.version));
    const [element] = slot?.elements ?? [];
    if (element === undefined || seen.has(child.name)) {
      context.findings.push(misplaced(context, child, path, 0));
      return [];
    }
    seen.add(child.name);
    return [{ element, tree: child, path }];
  });
};

const holds = (slot: Slot, child: XmlElement, version: SchemaVersion): boolean =>
  slot.elements.some((element) => element.name === child.name && knownIn(element.since, version));

/** Paths number the children that may repeat; an unknown child's is numbered too. */
const pathsOf = ({ tree, path, particles }: Context): readonly string[] => {
  const single = new Set(
    particles.filter((slot) => slot.max === 1).flatMap((slot) => slot.elements.map((it) => it.name)),
  );
  const counts = new Map<string, number>();
  const total = new Map<string, number>();
  for (const { name } of tree.children) total.set(name, (total.get(name) ?? 0) + 1);
  return tree.children.map(({ name }) => {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return single.has(name) && total.get(name) === 1 ? `${path}/${name}` : `${path}/${name}[${count}]`;
  });
};

const reportMissing = (
  { particles, findings, version }: Context,
  from: number,
  to: number,
  standing: number,
  at: XmlElement,
  path: string,
): void => {
  for (let place = standing > 0 ? from + 1 : from; place < to; place++) {
    const slot = particles[place];
    if (slot === undefined || slot.min === 0) continue;
    const names = slot.elements.filter((it) => knownIn(it.since, version)).map((it) => it.name);
    const message = `${names.join(' or ')} is missing`;
    const rule = to === particles.length ? 'cvc-complex-type.2.4.b' : 'cvc-complex-type.2.4.a';
    findings.push(schemaFinding(rule, path, message, `Add ${names.join(' or ')} before what follows it.`, at));
  }
};

const misplaced = (context: Context, child: XmlElement, path: string, from: number): Finding => {
  const elements = elementsOf(context.particles.flatMap((slot) => slot.elements));
  const known = elements.find((it) => it.name === child.name);
  const order = elements.filter((it) => knownIn(it.since, context.version)).map((it) => it.name);
  if (known === undefined) {
    const message = `${child.name} is unknown here`;
    return schemaFinding('cvc-complex-type.2.4.a', path, message, `Allowed here: ${order.join(', ')}.`, child);
  }
  if (!knownIn(known.since, context.version)) {
    const message = `${child.name} is unknown to schema ${context.version}; ${known.since} added it`;
    return schemaFinding('cvc-complex-type.2.4.a', path, message, `Leave it out or use ${known.since}.`, child);
  }
  const ended = from >= context.particles.length;
  const message = `${child.name} stands out of order or once too often`;
  const rule = ended ? 'cvc-complex-type.2.4.d' : 'cvc-complex-type.2.4.a';
  return schemaFinding(rule, path, message, `Keep this order: ${order.join(', ')}.`, child);
};
