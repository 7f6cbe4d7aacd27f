import type { Person } from './person.ts';

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const hidden = (name: string, value: string | undefined): string =>
  value === undefined ? '' : `<input type="hidden" name="${name}" value="${escaped(value)}">`;

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 34rem; margin: 2rem auto; padding: 0 1rem; }
ul { list-style: none; padding: 0; display: grid; gap: .5rem; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); }
button { font: inherit; width: 100%; padding: .6rem .8rem; text-align: start; border: 1px solid #8888; border-radius: .5rem; background: none; color: inherit; cursor: pointer; }
button:hover, button:focus-visible { outline: 2px solid #2563eb; }
small { display: block; opacity: .75; }
`;

/** The development sign-in page: pick somebody, no password. Exists on this machine only. */
export function signInPage(people: readonly Person[], asked: URLSearchParams): string {
  const address = `authorize?${asked.toString()}`;
  const entries = [{ name: 'Admin', role: 'admin' } as Person, ...people].map(
    ({ name, role, repId, teamId }) => `<li><form method="post" action="${escaped(address)}">
${hidden('role', role)}${hidden('repId', repId)}${hidden('teamId', teamId)}
<button>${escaped(name)}<small>${[role, repId, teamId && `team ${teamId}`]
      .filter(Boolean)
      .map((part) => escaped(String(part)))
      .join(' · ')}</small></button></form></li>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Leadkeeper: sign in (development)</title><link rel="icon" href="data:,"><style>${STYLE}</style></head>
<body><main><h1>Who are you?</h1>
<p>This page exists on this machine only. In the cloud, people sign in with the company’s identity provider.</p>
<ul>${entries.join('\n')}</ul></main></body></html>
`;
}
