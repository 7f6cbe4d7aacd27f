import { enableCompileCache, flushCompileCache } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { callThrough } from './calls.ts';
import { type OwnSurroundings, surroundEach, within } from './own-surroundings.ts';
import { Shares } from './shares.ts';

/** What the thread is started with. */
export interface WorkerStart {
  clock: SharedArrayBuffer;
  /** Where the stand-ins are, and what leads to them without a socket. */
  backplane: string;
  calls: MessagePort;
}

/** A function's code, and what it finds in its environment. */
export interface FunctionCode {
  /** Its step's name. */
  name: string;
  bundle: string;
  handler: string;
  variables: Record<string, string>;
}

/** To load a function's code anew, to invoke it, once at a time, or to end it, for this reason. Each is answered under its id. */
export type ToWorker = { id: number; environment: string } & (
  | { load: FunctionCode }
  | { event: unknown; requestId: string; deadline: number }
  | { end: string }
);
export type FromWorker =
  /** With the milliseconds of processor that the thread took for it. */
  | ({ id: number; cpu: number } & ({ result: unknown } | { error: { name: string; message: string } }))
  | { name: string; log: string };

type Handler = (event: unknown, context: unknown) => unknown;

/** Code that was loaded, with state of its own. */
interface Environment {
  name: string;
  handle: Handler;
  own: OwnSurroundings;
  /** The invocation that runs. */
  invocation: number | undefined;
}

const { clock, backplane, calls } = workerData as WorkerStart;
callThrough(calls, new URL(backplane));
surroundEach();
const offset = new BigInt64Array(clock);
const hook = Symbol.for('leadkeeper.clock');
(globalThis as { [hook]?: () => number })[hook] = () => Date.now() + Number(Atomics.load(offset, 0));

const say = (message: FromWorker): void => parentPort?.postMessage(message);
const shares = new Shares(() => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
});
const environments = new Map<string, Environment>();

async function load(key: string, code: FunctionCode): Promise<void> {
  const { name, variables, bundle, handler } = code;
  const own: OwnSurroundings = { variables, log: (text) => say({ name, log: text }), dead: false };
  // Each thread and each start compiles the same code: once is enough. It lies, and goes, with the assembly.
  enableCompileCache(join(dirname(bundle), '..', 'compiled'));
  const url = `${pathToFileURL(bundle).href}?${key}`;
  const module = (await within(own, () => import(url))) as Record<string, Handler>;
  flushCompileCache();
  const handle = module[handler];
  if (!handle) throw new Error(`${bundle} exports no ${handler}`);
  environments.set(key, { name, handle, own, invocation: undefined });
}

function invoke(key: string, id: number, event: unknown, requestId: string, deadline: number): unknown {
  const environment = environments.get(key);
  if (!environment) throw new Error(`${key} is not loaded`);
  const { name, handle, own } = environment;
  environment.invocation = id;
  const context = {
    awsRequestId: requestId,
    functionName: name,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${name}`,
    memoryLimitInMB: own.variables.AWS_LAMBDA_FUNCTION_MEMORY_SIZE ?? '128',
    logGroupName: `/aws/lambda/${name}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  };
  return within(own, async () => handle(event, context));
}

/** Code cannot be stopped in the middle, but nobody sees what it does from now on. */
function end(key: string, why: string): void {
  const environment = environments.get(key);
  if (!environment) return;
  environment.own.dead = true;
  environments.delete(key);
  if (environment.invocation !== undefined) answer(environment.invocation, { error: { name: 'Ended', message: why } });
}

/** Those that are not answered yet: who was ended says something later, or never. */
const unanswered = new Set<number>();

function answer(id: number, what: { result: unknown } | { error: { name: string; message: string } }): void {
  if (unanswered.delete(id)) say({ id, cpu: shares.end(id), ...what });
}

async function carryOut(asked: ToWorker): Promise<unknown> {
  const { id, environment } = asked;
  if ('load' in asked) return load(environment, asked.load);
  if ('end' in asked) return end(environment, asked.end);
  return invoke(environment, id, asked.event, asked.requestId, asked.deadline);
}

parentPort?.on('message', (asked: ToWorker) => {
  const { id } = asked;
  unanswered.add(id);
  shares.begin(id);
  carryOut(asked).then(
    (result) => answer(id, { result }),
    (error: unknown) => {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      answer(id, { error: { name, message } });
    },
  );
});
