import { randomUUID } from 'node:crypto';
import { appendFile, existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { buildSync } from 'esbuild';
import type { Backplane } from './backplane.ts';
import type { Answered, Asked } from './calls.ts';
import type { Clock } from './clock.ts';
import { DELAY, type Faults } from './faults.ts';
import type { Meter } from './meter.ts';
import type { Resource, Template } from './template.ts';
import type { FromWorker, ToWorker, WorkerStart } from './worker.ts';

/** The function failed, ran out of time, or its thread died. */
export class InvocationFailed extends Error {
  override readonly name = 'InvocationFailed';
}

/** A deployed function, run in threads of its own: one invocation at a time each, more threads as they are needed. */
export interface LocalFunction {
  readonly id: string;
  /** The step's name, for people. */
  readonly name: string;
  /** @throws InvocationFailed */
  readonly invoke: (event: unknown) => Promise<unknown>;
  readonly running: () => number;
  /** Starts a thread, unless one runs; else the first invocation does. @throws when its code cannot be loaded */
  readonly warm: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

interface Surroundings {
  template: Template;
  clock: Clock;
  faults: Faults;
  meter: Meter;
  backplane: Backplane;
  /** Variables that every function gets: region, credentials, endpoints of the stand-ins. */
  environment: Record<string, string>;
  /** Threads per function at the most. */
  concurrency: number;
  logFile: string;
}

interface Thread {
  worker: Worker;
  busy: boolean;
  ready: Promise<void>;
}

/** What each thread runs, without its types: read as it stands, every thread would load a compiler of its own first. */
const threadCode = (): URL => {
  code ??= bundled();
  return code;
};
let code: URL | undefined;
const bundled = (): URL => {
  const { outputFiles } = buildSync({
    entryPoints: [fileURLToPath(new URL('./worker.ts', import.meta.url))],
    bundle: true,
    platform: 'node',
    format: 'esm',
    write: false,
  });
  return new URL(`data:text/javascript,${encodeURIComponent(outputFiles[0]?.text ?? '')}`);
};

/** Makes a function of the template runnable. */
export function localFunction(resource: Resource, around: Surroundings): LocalFunction {
  const { template, clock, faults, meter } = around;
  const properties = template.resolve(resource.properties) as {
    Handler: string;
    Timeout?: number;
    MemorySize?: number;
    ReservedConcurrentExecutions?: number;
    LoggingConfig?: { SystemLogLevel?: string };
    Environment?: { Variables?: Record<string, string> };
  };
  const { Timeout = 3, MemorySize = 128, ReservedConcurrentExecutions } = properties;
  const variables = properties.Environment?.Variables ?? {};
  const name = variables.POWERTOOLS_SERVICE_NAME ?? resource.id;
  const [file = 'index', exported = 'handler'] = properties.Handler.split('.');
  const start: Omit<WorkerStart, 'calls'> = {
    bundle: bundleIn(template.assetOf(resource), file),
    handler: exported,
    clock: clock.shared,
    backplane: around.backplane.url,
  };
  const env = {
    ...around.environment,
    ...variables,
    AWS_LAMBDA_FUNCTION_NAME: name,
    // The SDK says it in its user agent, so that the meter knows whose request it was.
    AWS_SDK_UA_APP_ID: name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(MemorySize),
  };
  const { LoggingConfig } = properties;
  const quiet = LoggingConfig?.SystemLogLevel === 'WARN';
  meter.knows(name, MemorySize);
  const most = Math.min(around.concurrency, ReservedConcurrentExecutions ?? Number.POSITIVE_INFINITY);

  const threads: Thread[] = [];
  const waiting: (() => void)[] = [];
  let running = 0;
  let stopped = false;

  function hire(): Thread {
    const { port1, port2 } = new MessageChannel();
    answerAt(port1, around.backplane);
    const worker = new Worker(threadCode(), {
      env,
      workerData: { ...start, calls: port2 } satisfies WorkerStart,
      transferList: [port2],
      stdout: true,
      stderr: true,
      execArgv: ['--enable-source-maps'],
    });
    const log = (chunk: Buffer) => {
      meter.logged(name, chunk.length, chunk.toString('latin1').split('\n').length - 1);
      appendFile(around.logFile, chunk, () => undefined);
    };
    worker.stdout.on('data', log);
    worker.stderr.on('data', log);
    const ready = new Promise<void>((resolve, reject) => {
      worker.once('message', () => resolve());
      worker.once('error', reject);
      worker.once('exit', () => reject(new InvocationFailed(`the thread of ${name} ended`)));
    });
    ready.catch(() => undefined);
    const thread = { worker, busy: false, ready };
    threads.push(thread);
    worker.once('exit', () => {
      threads.splice(threads.indexOf(thread), 1);
      waiting.shift()?.();
    });
    return thread;
  }

  async function acquire(): Promise<Thread> {
    for (;;) {
      if (stopped) throw new InvocationFailed('the runtime stops');
      const free = threads.find(({ busy }) => !busy) ?? (threads.length < most ? hire() : undefined);
      if (free) {
        free.busy = true;
        return free;
      }
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  }

  function release(thread: Thread): void {
    thread.busy = false;
    waiting.shift()?.();
  }

  async function once(event: unknown): Promise<unknown> {
    const thread = await acquire();
    let took = 0;
    try {
      await thread.ready.catch((error: unknown) => {
        throw new InvocationFailed(`${name} did not start`, { cause: error });
      });
      return await run(thread, event, (cpu) => {
        took = cpu;
      });
    } finally {
      meter.invoked(name, took, quiet);
      release(thread);
    }
  }

  function run(thread: Thread, event: unknown, took: (cpu: number) => void): Promise<unknown> {
    const { worker } = thread;
    const message: ToWorker = {
      event,
      requestId: randomUUID(),
      functionName: name,
      deadline: Date.now() + Timeout * 1000,
    };
    return new Promise((resolve, reject) => {
      const fail = (why: string) => {
        settle();
        reject(new InvocationFailed(`${name}: ${why}`));
      };
      const onMessage = (said: FromWorker) => {
        if ('ready' in said) return;
        settle();
        took(said.cpu);
        if ('result' in said) resolve(said.result);
        else reject(new InvocationFailed(`${name}: ${said.error.name}: ${said.error.message}`));
      };
      const onError = (error: Error) => fail(`crashed: ${error.message}`);
      const onExit = () => fail('its thread died');
      const expired = setTimeout(() => {
        void worker.terminate();
        fail(`no answer within ${Timeout} s`);
      }, Timeout * 1000);
      function settle() {
        clearTimeout(expired);
        worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      }
      worker.on('message', onMessage).on('error', onError).on('exit', onExit);
      worker.postMessage(message);
      if (faults.strike(`function:${name}`, ['kill'])) setTimeout(() => void worker.terminate(), Math.random() * 20);
    });
  }

  async function invoke(event: unknown): Promise<unknown> {
    running += 1;
    try {
      const fault = faults.strike(`function:${name}`, ['error', 'throttle', 'delay', 'duplicate']);
      if (fault === 'error' || fault === 'throttle') throw new InvocationFailed(`${name}: ${fault} made on purpose`);
      if (fault === 'delay') await wait(DELAY);
      if (fault === 'duplicate') await once(structuredClone(event));
      return await once(event);
    } finally {
      running -= 1;
    }
  }

  return {
    id: resource.id,
    name,
    invoke,
    running: () => running,
    warm: () => (threads[0] ?? hire()).ready,
    stop: async () => {
      stopped = true;
      for (const wake of waiting.splice(0)) wake();
      await Promise.all(threads.map(({ worker }) => worker.terminate()));
    },
  };
}

/** Answers what a thread asks of the stand-ins, until the thread ends. */
function answerAt(port: MessagePort, backplane: Backplane): void {
  port.on('message', ({ id, path, headers, body }: Asked) => {
    backplane
      .ask(path, headers, Buffer.from(body))
      .then((reply) => port.postMessage({ ...reply, id, body: reply.body.toString('utf8') } satisfies Answered));
  });
  port.unref();
}

export function bundleIn(folder: string, file: string): string {
  const found = ['mjs', 'js', 'cjs']
    .map((ending) => join(folder, `${file}.${ending}`))
    .find((path) => existsSync(path));
  if (!found) throw new Error(`${folder} holds no ${file}.mjs, .js or .cjs`);
  return found;
}
