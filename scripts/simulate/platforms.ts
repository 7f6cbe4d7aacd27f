import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Told } from './senders.ts';

/** The APIs of the platforms that push only ids. */
export interface Platforms {
  readonly told: Told;
  /** Where Leadkeeper finds them, and the tokens that it shows. */
  readonly secrets: Record<string, string>;
  readonly close: () => Promise<void>;
}

/** Serves what platforms tell of leads when they are asked. */
export async function startPlatforms(): Promise<Platforms> {
  const told: Told = new Map();
  const server = createServer((request, response) => {
    const answer = told.get((request.url ?? '').split('?')[0] ?? '');
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ?? {}));
  });
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(0, '127.0.0.1', done);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    told,
    secrets: {
      intakeApisInside: 'yes',
      metaApiUrl: `${url}/graph`,
      metaAccessToken: 'local',
      linkedinApiUrl: `${url}/linkedin`,
      linkedinAccessToken: 'local',
      hubspotApiUrl: `${url}/hubspot`,
      hubspotAccessToken: 'local',
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
