import { render } from 'preact';
import { followLinks } from './address.ts';
import { App } from './app.tsx';
import { cameBack } from './session.ts';
import { loadWords } from './words.ts';

await loadWords();
followLinks();

const back = await cameBack().then(
  (address) => ({ address, error: undefined }),
  (error: unknown) => ({ address: '/console', error }),
);
if (back.address !== undefined) history.replaceState(null, '', back.address);

const root = document.getElementById('app');
if (root) render(<App failure={back.error} />, root);
