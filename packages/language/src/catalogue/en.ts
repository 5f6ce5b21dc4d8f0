// The texts of one language, all areas; a new area is added here and in the two files beside.
import clearinghouse from '../messages/clearinghouse.en.json' with { type: 'json' };
import common from '../messages/common.en.json' with { type: 'json' };
import investigator from '../messages/investigator.en.json' with { type: 'json' };
import oversight from '../messages/oversight.en.json' with { type: 'json' };
import platform from '../messages/platform.en.json' with { type: 'json' };
import provider from '../messages/provider.en.json' with { type: 'json' };
import open from '../messages/public.en.json' with { type: 'json' };

export const messages = {
  ...clearinghouse,
  ...common,
  ...investigator,
  ...oversight,
  ...platform,
  ...provider,
  ...open,
};

/** The name of a text: its area, a dot, what it is. */
export type MessageKey = keyof typeof messages;
/** The texts of one language by their names. That no language lacks one is tested, so that a text can be added in steps. */
export type Messages = Readonly<Record<string, string>>;
