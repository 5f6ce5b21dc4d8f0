// The texts of one language, all areas; a new area is added here and in the two files beside.
import clearinghouse from '../messages/clearinghouse.es.json' with { type: 'json' };
import common from '../messages/common.es.json' with { type: 'json' };
import investigator from '../messages/investigator.es.json' with { type: 'json' };
import oversight from '../messages/oversight.es.json' with { type: 'json' };
import platform from '../messages/platform.es.json' with { type: 'json' };
import provider from '../messages/provider.es.json' with { type: 'json' };
import open from '../messages/public.es.json' with { type: 'json' };
import type { Messages } from './en.js';

export const messages: Messages = {
  ...clearinghouse,
  ...common,
  ...investigator,
  ...oversight,
  ...platform,
  ...provider,
  ...open,
};
