import { type Answer, httpStep } from '../../shared/platform/http-step.ts';
import { notFound } from '../../shared/platform/problem.ts';
import { asset, PAGE } from './assets.ts';
import { contentPolicy, signInSettings } from './sign-in.ts';

/** The page is asked for anew each time; what it loads has its hash in its name and never changes. */
const anew = { 'cache-control': 'no-cache' };
const forever = { 'cache-control': 'public, max-age=31536000, immutable' };

/** The page itself, at whatever address under `/console`: the page knows what to show there. */
async function page(accepted: string): Promise<Answer> {
  const found = asset(PAGE, accepted);
  if (!found) throw notFound('the console');
  const guards = {
    'content-security-policy': await contentPolicy(),
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
  };
  return { ...found, headers: { ...found.headers, ...anew, ...guards } };
}

/** The console: a page in the browser, the files that it loads, and where people sign in. Woken by HTTP. */
export const handler = httpStep(async ({ path, headers }) => {
  if (path === '/') return { status: 302, headers: { location: '/console' } };
  const name = path.replace(/^\/console\/?/, '');
  const accepted = headers['accept-encoding'] ?? '';
  if (name === 'settings.json') return { status: 200, body: await signInSettings(), headers: anew };
  if (!name.startsWith('assets/')) return page(accepted);
  const found = asset(name, accepted);
  if (!found) throw notFound(name);
  return { ...found, headers: { ...found.headers, ...forever } };
});
