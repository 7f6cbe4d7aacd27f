import { appendFile } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { buildSync } from 'esbuild';
import type { Backplane } from './backplane.ts';
import type { Answered, Asked } from './calls.ts';
import type { Clock } from './clock.ts';
import type { Meter } from './meter.ts';
import type { FromWorker, ToWorker, WorkerStart } from './worker.ts';

/** A thread that functions' code runs in, each with surroundings of its own. */
export interface Host {
  /** @throws Error when the thread ends before it answers */
  readonly ask: (message: Unnumbered<ToWorker>) => Promise<Extract<FromWorker, { id: number }>>;
  /** Ends at once, in the middle of whatever runs there. */
  readonly end: () => Promise<unknown>;
  /** Once it has ended. */
  readonly ended: Promise<void>;
}

/** The threads, by what runs in them. */
export interface Hosts {
  /** The n-th (from 0) of a group's threads, started unless it runs. */
  readonly at: (group: string, n: number) => Host;
  readonly stop: () => Promise<void>;
}

type Unnumbered<T> = T extends unknown ? Omit<T, 'id'> : never;

interface Surroundings {
  clock: Clock;
  meter: Meter;
  backplane: Backplane;
  logFile: string;
}

/** No threads yet. */
export function openHosts(around: Surroundings): Hosts {
  const hosts = new Map<string, Host>();
  return {
    at: (group, n) => {
      const key = `${group}/${n}`;
      const there = hosts.get(key);
      if (there) return there;
      const host = startHost(around);
      hosts.set(key, host);
      host.ended.then(() => hosts.delete(key));
      return host;
    },
    stop: async () => void (await Promise.all([...hosts.values()].map((host) => host.end()))),
  };
}

// Megabytes. Each call leaves rubbish behind: to sweep it in larger pieces than usual takes a little less time.
setFlagsFromString('--min-semi-space-size=16');

function startHost({ clock, meter, backplane, logFile }: Surroundings): Host {
  const { port1, port2 } = new MessageChannel();
  answerAt(port1, backplane);
  const worker = new Worker(threadCode(), {
    workerData: { clock: clock.shared, backplane: backplane.url, calls: port2 } satisfies WorkerStart,
    transferList: [port2],
    // Nothing of this machine's: a function finds its own variables only.
    env: {},
    stdout: true,
    stderr: true,
    execArgv: ['--enable-source-maps'],
  });
  const log = (text: string | Buffer): void => appendFile(logFile, text, () => undefined);
  worker.stdout.on('data', log);
  worker.stderr.on('data', log);

  type Answer = Extract<FromWorker, { id: number }>;
  const asked = new Map<number, { resolve: (answer: Answer) => void; reject: (error: Error) => void }>();
  let last = 0;
  let over = false;
  let why = 'its thread died';
  worker.on('message', (said: FromWorker) => {
    if ('log' in said) {
      meter.logged(said.name, Buffer.byteLength(said.log), said.log.split('\n').length - 1);
      log(said.log);
    } else {
      asked.get(said.id)?.resolve(said);
      asked.delete(said.id);
    }
  });
  worker.on('error', (error: Error) => {
    why = `its thread crashed: ${error.message}`;
    log(`${error.stack ?? error.message}\n`);
  });
  const ended = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      over = true;
      resolve();
      for (const { reject } of asked.values()) reject(new Error(why));
      asked.clear();
    });
  });
  return {
    ask: (message) =>
      new Promise((resolve, reject) => {
        if (over) throw new Error(why);
        last += 1;
        asked.set(last, { resolve, reject });
        worker.postMessage({ ...message, id: last });
      }),
    end: () => worker.terminate(),
    ended,
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
