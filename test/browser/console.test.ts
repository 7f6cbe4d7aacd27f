import { describe } from 'vitest';
import { chromiumHere } from '../../scripts/chromium.ts';
import { useSystem } from '../running-system.ts';
import { admin } from './admin.ts';
import { appraiser } from './appraiser.ts';
import { useBrowser } from './browser.ts';
import { colleague } from './colleague.ts';
import { customer } from './customer.ts';
import { drawer } from './drawer.ts';
import { rep } from './rep.ts';
import { supervisor } from './supervisor.ts';

// Where there is no browser, there is nothing to see; where checks run (.ci/run), there is one.
describe.skipIf(chromiumHere() === undefined)('in a browser', () => {
  // One system and one browser for all of them: each takes seconds to start.
  const system = useSystem();
  const browser = useBrowser(system);

  describe('a rep', () => rep(system, browser));
  describe('a supervisor', () => supervisor(system, browser));
  describe('an admin', () => admin(system, browser));
  describe('an admin who draws', () => drawer(system, browser));
  describe('whoever is appraised', () => appraiser(system, browser));
  describe('a customer', () => customer(system, browser));
  // The last: it makes a large company of it.
  describe('one of three hundred', () => colleague(system, browser));
});
