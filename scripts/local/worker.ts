import { enableCompileCache, flushCompileCache } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { callThrough } from './calls.ts';

/** What the thread is started with. */
export interface WorkerStart {
  bundle: string;
  handler: string;
  clock: SharedArrayBuffer;
  /** Where the stand-ins are, and what leads to them without a socket. */
  backplane: string;
  calls: MessagePort;
}

/** One invocation, and what the thread says of it. */
export type ToWorker = { event: unknown; requestId: string; functionName: string; deadline: number };
export type FromWorker =
  | { ready: true }
  /** With the milliseconds of processor that the thread took for it. */
  | ({ cpu: number } & ({ result: unknown } | { error: { name: string; message: string } }));

const { bundle, handler, clock, backplane, calls } = workerData as WorkerStart;
callThrough(calls, new URL(backplane));
const offset = new BigInt64Array(clock);
const hook = Symbol.for('leadkeeper.clock');
(globalThis as { [hook]?: () => number })[hook] = () => Date.now() + Number(Atomics.load(offset, 0));

// Each thread and each start compiles the same code: once is enough. It lies, and goes, with the assembly.
enableCompileCache(join(dirname(bundle), '..', 'compiled'));
const module = (await import(pathToFileURL(bundle).href)) as Record<
  string,
  (event: unknown, context: unknown) => unknown
>;
const invoke = module[handler];
flushCompileCache();
if (!invoke) throw new Error(`${bundle} exports no ${handler}`);

const say = (message: FromWorker) => parentPort?.postMessage(message);

parentPort?.on('message', ({ event, requestId, functionName, deadline }: ToWorker) => {
  const context = {
    awsRequestId: requestId,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${functionName}`,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE ?? '128',
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  };
  const before = process.threadCpuUsage();
  const cpu = (): number => {
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / 1000;
  };
  Promise.resolve()
    .then(() => invoke(event, context))
    .then(
      (result) => say({ result, cpu: cpu() }),
      (error: unknown) => {
        const { name, message } = error instanceof Error ? error : new Error(String(error));
        say({ error: { name, message }, cpu: cpu() });
      },
    );
});

say({ ready: true });
