import type { Containment } from '@tutela/containment';
import { limited, refused } from '@tutela/core';
import { defaultProcesses } from './decoder-child.js';
import { type Lane, openLane } from './lane.js';
import { type DecodeLimits, defaultLimits, strictLimits } from './limits.js';
import type { DecodeMode, DecodeOutcome, Look } from './outcomes.js';
import { laneOf, pictureTypeOf } from './picture-type.js';
import { longestScreenSide, type Request } from './wire.js';

export interface DecoderOptions {
  /** Decoder processes working in parallel; as many as the machine has processors when left out. */
  readonly processes?: number;
  readonly limits?: Partial<DecodeLimits>;
}

export interface Decoder {
  /** Never rejects: every input, however hostile, ends in a named outcome. The input must not change meanwhile. */
  readonly decode: (input: Uint8Array, mode?: DecodeMode) => Promise<DecodeOutcome>;
  /** Pixels for eyes. Never rejects either. What the look asks beyond its bounds counts as the bound. */
  readonly render: (input: Uint8Array, look: Look) => Promise<DecodeOutcome>;
  /** What holds the processes on this machine. */
  readonly containment: readonly Containment[];
  /** Ends the processes; inputs not yet decoded end in `closed`. An open decoder keeps the program alive. */
  readonly close: () => Promise<void>;
}

/**
 * Decodes pictures nobody vouches for, in child processes that are contained, limited, and replaced when they die.
 * Processes start when they are first needed. What the first bytes do not name as a picture never reaches one.
 */
export const openDecoder = ({ processes = defaultProcesses, limits }: DecoderOptions = {}): Decoder => {
  const mainLimits = { ...defaultLimits, ...limits };
  const lanes: Readonly<Record<'main' | 'strict', Lane>> = {
    main: openLane({ lane: 'main', processes, limits: mainLimits }),
    strict: openLane({ lane: 'strict', processes: 1, limits: strictLimits(mainLimits) }),
  };
  const inputBytes = { main: mainLimits.inputBytes, strict: strictLimits(mainLimits).inputBytes };

  const decodeAs = async (input: Uint8Array, asked: Pick<Request, 'mode' | 'look'>): Promise<DecodeOutcome> => {
    if (input.length === 0) return refused('empty', 'There are no bytes.');
    const type = pictureTypeOf(input);
    if (type === undefined) return refused('not-a-picture', 'The first bytes name no known type of picture.');
    const lane = laneOf(type);
    if (lane === 'refused') return refused('unsupported', `Pictures of type ${type} are not decoded.`);
    if (input.length > inputBytes[lane]) {
      return limited('too-large', `${input.length} bytes; the limit for ${type} is ${inputBytes[lane]}.`);
    }
    return lanes[lane].decode(input, { type, ...asked });
  };

  return {
    containment: lanes.main.containment,
    decode: (input, mode = 'default') => decodeAs(input, { mode }),
    render: (input, { side, tone, blur }) => {
      const look: Look = { side: bounded(Math.floor(side), 1, longestScreenSide), tone, blur: bounded(blur, 0, 100) };
      return decodeAs(input, { mode: 'screen', look });
    },
    close: async () => {
      await Promise.all([lanes.main.close(), lanes.strict.close()]);
    },
  };
};

const bounded = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);
