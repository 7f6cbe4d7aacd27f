import * as z from 'zod';
import { commandLine } from './command-line.ts';
import { bearer, type Client, clientOf } from './demo/client.ts';
import { dataDirNamed, holdsData } from './local/data-dir.ts';
import { startRuntime } from './local/runtime.ts';
import { synthesize } from './synth.ts';

const HELP = `npm run replay -- --from DAY --to DAY [--url URL] [--token TOKEN]

Runs every routing decision of these days (UTC, such as 2026-11-23) again from its audit record, checks the records
against each other and against each day's root, and says how many come out the same. Ends with an error when one does
not, or when a record was changed or is missing.

  --url     a running Leadkeeper; else the one at PORT (3000), else the data in DATA_DIR (.local) is opened
  --token   an admin's bearer token; on a laptop a development token is made
`;

/** What a range of days came to. */
interface Result {
  days: number;
  records: number;
  decisions: number;
  identical: number;
  different: string[];
  broken: string[];
}

const DAY = 24 * 3600 * 1000;
/** A day that there is: of 30 February, Date makes a day of March. */
const isDay = (text: string | undefined): text is string => text !== undefined && z.iso.date().safeParse(text).success;

function refuse(why: string): never {
  process.stderr.write(`${why}\n\n${HELP}`);
  process.exit(2);
}

function* daysBetween(from: string, to: string): Generator<string> {
  for (let at = Date.parse(from); at <= Date.parse(to); at += DAY) yield new Date(at).toISOString().slice(0, 10);
}

/** Replays and verifies the days. */
async function replay({ call }: Client, headers: Record<string, string>, from: string, to: string): Promise<Result> {
  const result: Result = { days: 0, records: 0, decisions: 0, identical: 0, different: [], broken: [] };
  for (const day of daysBetween(from, to)) {
    const verified = (await call('GET', `/audit/verify?day=${day}`, undefined, headers)) as {
      records: number;
      intact: boolean;
      firstBroken?: string;
    };
    result.days += 1;
    result.records += verified.records;
    if (!verified.intact) result.broken.push(verified.firstBroken ?? `the root of ${day}`);
    let cursor: string | undefined;
    do {
      const page = (await call('POST', '/audit/replay', { day, ...(cursor ? { cursor } : {}) }, headers)) as {
        decisions: number;
        identical: number;
        different: string[];
        nextCursor?: string;
      };
      result.decisions += page.decisions;
      result.identical += page.identical;
      result.different.push(...page.different);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
  }
  return result;
}

/** The Leadkeeper to ask, and how to let go of it. */
async function reach(url: string | undefined): Promise<{ client: Client; leave: () => Promise<void> }> {
  const running = clientOf(url ?? `http://127.0.0.1:${process.env.PORT ?? '3000'}`);
  const stays = async () => undefined;
  if (url !== undefined) return { client: running, leave: stays };
  const answers = await running.call('GET', '/_local/keys').then(
    () => true,
    () => false,
  );
  if (answers) return { client: running, leave: stays };
  const dataDir = dataDirNamed();
  if (!holdsData(dataDir))
    throw new Error(`nobody answers at ${running.url}, and ${dataDir} holds no data of Leadkeeper's`);
  const runtime = await startRuntime({
    assembly: process.env.ASSEMBLY ?? (await synthesize()),
    dataDir,
    port: 0,
  });
  return { client: clientOf(runtime.url), leave: () => runtime.close() };
}

const { values } = commandLine({
  options: {
    from: { type: 'string' },
    to: { type: 'string' },
    url: { type: 'string' },
    token: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  },
});
if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}
const { from, to, url, token } = values;
if (!isDay(from) || !isDay(to)) refuse('--from and --to are days, such as 2026-11-23');
if (from > to) refuse('--from is after --to');

const { client, leave } = await reach(url).catch((error: Error) => {
  process.stderr.write(`there is nothing to ask: ${error.message}\n`);
  process.exit(1);
});
/** What is there is asked for everything, or the command says why it could not. */
const asked = async () => {
  const headers = token ? { authorization: `Bearer ${token}` } : { ...(await bearer(client, { role: 'admin' })) };
  return replay(client, headers, from, to);
};
const result = await asked()
  .catch((error: Error) => {
    process.stderr.write(`${client.url} cannot be asked: ${error.message}\n`);
    return undefined;
  })
  .finally(leave);
if (!result) process.exit(1);
for (const decisionId of result.different.slice(0, 20)) process.stdout.write(`comes out otherwise: ${decisionId}\n`);
for (const record of result.broken.slice(0, 20)) process.stdout.write(`changed or missing: ${record}\n`);
process.stdout.write(
  `${result.days} days, ${result.records} records: ${result.identical} of ${result.decisions} decisions identical, ${result.broken.length} broken\n`,
);
process.exit(result.identical === result.decisions && result.broken.length === 0 ? 0 : 1);
