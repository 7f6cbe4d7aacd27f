import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { commandLine } from './command-line.ts';
import { bearer, clientOf, keysOf } from './demo/client.ts';
import { firstLead } from './demo/company.ts';
import { peopleOf } from './demo/people.ts';
import { developmentSecrets } from './demo/secrets.ts';
import { seed } from './demo/seed.ts';
import { drawn } from './drawn.ts';
import { dataDirNamed } from './local/data-dir.ts';
import { narrate } from './local/narrate.ts';
import { startRuntime } from './local/runtime.ts';
import { synthesize } from './synth.ts';

const HELP = `npm start: the whole of Leadkeeper on this machine.

  PORT=3000         where it listens (127.0.0.1)
  DATA_DIR=.local   where its data lies; npm run reset clears it
  COMPANY=demo      demo: two teams, eight reps, four territories; empty: nobody yet
  ASSEMBLY          a folder that npm run synth has made already, instead of building anew
  WARM=all          all: every function's code is loaded right after the start; none: when it is first called
  FAULTS_SEED       a whole number: faults made by /_local/faults are drawn from it
  SECRETS_FILE      a JSON file of vendors’ addresses and keys, as the deployed secret has them (wecomRobotUrl, emailFrom, …):
                    those channels send for real, instead of to the outbox
  WECOM_ROBOT_URL   a real WeCom group robot, likewise
`;

const { values } = commandLine({ options: { help: { type: 'boolean', short: 'h' } } });
if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}

const dataDir = dataDirNamed();
const { PORT = '3000', COMPANY = 'demo' } = process.env;
const { WARM = 'all' } = process.env;
if (WARM !== 'all' && WARM !== 'none') {
  process.stderr.write(`WARM is all or none, not ${WARM}\n`);
  process.exit(2);
}
const { ASSEMBLY, WECOM_ROBOT_URL, SECRETS_FILE, FAULTS_SEED } = process.env;
if (COMPANY !== 'demo' && COMPANY !== 'empty') {
  process.stderr.write(`COMPANY is demo or empty, not ${COMPANY}\n`);
  process.exit(2);
}
if (!(/^\d{1,5}$/.test(PORT) && Number(PORT) < 65_536)) {
  process.stderr.write(`PORT is a number up to 65535, not ${PORT}\n`);
  process.exit(2);
}
if (FAULTS_SEED !== undefined && !/^-?\d+$/.test(FAULTS_SEED)) {
  process.stderr.write(`FAULTS_SEED is a whole number, not ${FAULTS_SEED}\n`);
  process.exit(2);
}
const secrets = SECRETS_FILE === undefined ? {} : secretsIn(SECRETS_FILE);
const say = (line: string) => process.stdout.write(`${line}\n`);

if (!ASSEMBLY) say('Building …');
const assembly = ASSEMBLY ?? (await synthesize());
let stopping = false;
const runtime = await startRuntime({
  assembly,
  dataDir,
  port: Number(PORT),
  secretOverlay: (url) => ({
    ...developmentSecrets(url),
    ...secrets,
    ...(WECOM_ROBOT_URL ? { wecomRobotUrl: WECOM_ROBOT_URL } : {}),
  }),
  warn: say,
  lost,
  ...(FAULTS_SEED === undefined ? {} : { random: drawn(Number(FAULTS_SEED)) }),
  people: peopleOf,
}).catch((error: Error & { code?: string }) => {
  const why = error.code === 'EADDRINUSE' ? `port ${PORT} is taken; name another in PORT` : error.message;
  process.stderr.write(`Leadkeeper did not start: ${why}\n`);
  process.exit(1);
});

// Before all that takes time: who stops it while it still begins leaves nothing behind either.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (stopping) process.exit(1);
    stopping = true;
    runtime.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  });
}

const client = clientOf(runtime.url);
try {
  if (COMPANY === 'demo') await seed(client);
  runtime.onEvent((event) => say(narrate(event)));
  await introduce();
  // Nobody has to wait for these, and nobody who comes later has to wait because of them.
  if (WARM === 'all') await runtime.warm();
} catch (error) {
  // Who stops it meanwhile need not hear of what could not be done any more.
  if (!stopping) {
    stopping = true;
    process.stderr.write(`Leadkeeper did not start: ${(error as Error).message}\n`);
    await runtime.close();
    process.exit(1);
  }
}

/** The secrets in a file; ends the program when they are none. */
function secretsIn(file: string): Record<string, string> {
  try {
    return z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    // Neither the parser's words nor the schema's may show what the file holds.
    const why =
      error instanceof SyntaxError || error instanceof z.ZodError ? 'not a JSON object of strings' : String(error);
    process.stderr.write(`SECRETS_FILE ${file}: ${why}\n`);
    process.exit(2);
  }
}

/** Ends the program, unless it is ending: all that it could still answer is 500. What was answered before is kept, as at a kill. */
function lost(why: string): void {
  if (stopping) return;
  process.stderr.write(`Leadkeeper ends: ${why}\n`);
  process.exit(1);
}

/** What a newcomer needs to see a first lead go its way. */
async function introduce(): Promise<void> {
  const keys = await keysOf(client);
  const { authorization: admin } = await bearer(client, { role: 'admin' });
  const demo = COMPANY === 'demo';
  say(`
Leadkeeper runs at ${runtime.url}   (data in ${dataDir}; stop with Ctrl-C)

  the console         ${runtime.url}/console      (pick who you are)
  development keys    web ${keys.web}
                      hr  ${keys.hr}      (all: ${runtime.url}/_local/keys)
  what was sent       ${runtime.url}/_local/outbox
  all calls           ${runtime.url}/openapi.json

Post a first lead:

  curl -s ${runtime.url}/leads/web -H 'content-type: application/json' -H 'x-api-key: ${keys.web}' -d '${JSON.stringify(firstLead)}'

Look at the leads, as an admin (a development token):

  curl -s ${runtime.url}/leads -H 'authorization: ${admin}'
`);
  if (demo) {
    const { authorization: supervisor } = await bearer(client, {
      role: 'supervisor',
      repId: 'sup-east',
      teamId: 'east',
    });
    const { authorization: rep } = await bearer(client, { role: 'rep', repId: 'rep-li' });
    say(`As the supervisor of team east, or as the rep 李雷 (rep-li), the authorization is

  ${supervisor}

  ${rep}
`);
  }
  say(`Let two hours pass, in which nobody calls:

  curl -s ${runtime.url}/_local/clock -H 'content-type: application/json' -d '{"advance":"PT2H"}'

What happens to the leads, as it happens:
`);
}
