import type { OpenImage } from '@tutela/image';
import { InvestigatorError } from '../../investigator-error.js';
import { planInodes } from '../image/plan-inodes.js';
import { planVolumes } from '../image/plan-volumes.js';
import { fromBase64 } from '../paths.js';
import type { UnitLocator } from '../unit-locator.js';
import type { PlanDeps, UnitPlan } from './plan.js';
import { planFolders } from './plan-folders.js';
import { planFile, planPart, planUnlisted } from './plan-share.js';
import type { ShareCache } from './share-cache.js';

/** Expands what a unit works on into files and further units; opens folders, and nothing else. */
export const planUnit = async (
  deps: PlanDeps,
  locator: UnitLocator,
  shares: ShareCache,
  mayGoOn: () => Promise<'goes-on' | 'stops'>,
): Promise<UnitPlan | 'stopped'> => {
  switch (locator.kind) {
    case 'folders':
      return planFolders(deps, locator.folders);
    case 'part':
      return planPart(deps, shares, locator);
    case 'file':
      return planFile(deps, fromBase64(locator.path));
    case 'unlisted':
      return planUnlisted(deps, locator, mayGoOn);
    case 'stream':
    case 'volume':
    case 'inodes':
    case 'prefix':
    case 'archive':
      throw new InvestigatorError('no-such-unit', `a unit of kind ${locator.kind} is not read from a folder`);
  }
};

/** The same for a unit of a disk image. */
export const planImageUnit = (
  deps: PlanDeps,
  locator: UnitLocator,
  image: OpenImage,
): Promise<UnitPlan | 'stopped'> => {
  switch (locator.kind) {
    case 'volume':
      return planVolumes(deps, image);
    case 'inodes':
      return planInodes(deps, image, locator);
    case 'folders':
    case 'part':
    case 'file':
    case 'unlisted':
    case 'stream':
    case 'prefix':
    case 'archive':
      throw new InvestigatorError('no-such-unit', `a unit of kind ${locator.kind} is not read from an image`);
  }
};
