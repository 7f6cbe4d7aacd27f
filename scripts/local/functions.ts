import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { DELAY, type Faults } from './faults.ts';
import type { Host, Hosts } from './hosts.ts';
import type { Meter } from './meter.ts';
import type { Resource, Template } from './template.ts';
import type { FunctionCode } from './worker.ts';

/** The function failed, ran out of time, was killed, or its thread crashed. */
export class InvocationFailed extends Error {
  override readonly name = 'InvocationFailed';
}

/** A deployed function: one invocation at a time in each of its environments, more environments as they are needed. */
export interface LocalFunction {
  readonly id: string;
  /** The step's name, for people. */
  readonly name: string;
  /** @throws InvocationFailed */
  readonly invoke: (event: unknown) => Promise<unknown>;
  readonly running: () => number;
  /** Loads its code, unless that is done; else the first invocation does. @throws when it cannot be loaded */
  readonly warm: () => Promise<void>;
  /** Nothing is begun any more; what waits for its turn fails. */
  readonly stop: () => void;
}

interface Surroundings {
  template: Template;
  faults: Faults;
  meter: Meter;
  hosts: Hosts;
  /** Variables that every function gets: region, credentials, endpoints of the stand-ins. */
  environment: Record<string, string>;
  /** Of each function, so many at once at the most. */
  concurrency: number;
}

/** A function's code, loaded in a thread: one invocation at a time. */
interface Environment {
  key: string;
  host: Host;
  /** It lies in the n-th thread of those that the function runs in. */
  n: number;
  busy: boolean;
  ready: Promise<void>;
  /** Why it was ended, once it was. */
  over?: string;
}

/** Seconds: what may take longer keeps a processor for itself, and has threads that it shares with nobody. */
const LONG = 120;
/** Milliseconds that a thread may keep whoever else runs there from their turn, once one of them is over. */
const PATIENCE = 2000;

/** Makes a function of the template runnable. */
export function localFunction(resource: Resource, around: Surroundings): LocalFunction {
  const { template, faults, meter, hosts } = around;
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
  const code: FunctionCode = {
    name,
    bundle: bundleIn(template.assetOf(resource), file),
    handler: exported,
    variables: {
      ...around.environment,
      ...variables,
      AWS_LAMBDA_FUNCTION_NAME: name,
      // The SDK says it in its user agent, so that the meter knows whose request it was.
      AWS_SDK_UA_APP_ID: name,
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(MemorySize),
    },
  };
  const group = Timeout > LONG ? name : 'all';
  const { LoggingConfig } = properties;
  const quiet = LoggingConfig?.SystemLogLevel === 'WARN';
  meter.knows(name, MemorySize);
  const most = Math.min(around.concurrency, ReservedConcurrentExecutions ?? Number.POSITIVE_INFINITY);

  const environments: Environment[] = [];
  const waiting: (() => void)[] = [];
  let opened = 0;
  let running = 0;
  let stopped = false;

  function open(): Environment {
    const taken = environments.map(({ n }) => n);
    let n = 0;
    while (taken.includes(n)) n += 1;
    const host = hosts.at(group, n);
    // Of those that come one after the other, each has a name of its own: code is loaded anew under it.
    const key = `${name}-${opened}`;
    opened += 1;
    const ready = host.ask({ environment: key, load: code }).then((answer) => {
      if ('error' in answer) throw new Error(`${answer.error.name}: ${answer.error.message}`);
    });
    const environment: Environment = { key, host, n, busy: false, ready };
    ready.catch(() => forget(environment));
    environments.push(environment);
    host.ended.then(() => forget(environment));
    return environment;
  }

  function forget(environment: Environment): void {
    const at = environments.indexOf(environment);
    if (at < 0) return;
    environments.splice(at, 1);
    waiting.shift()?.();
  }

  /** Ends it in the middle of whatever it does; its thread with it, where it lets nobody else have their turn. */
  function end(environment: Environment, why: string): void {
    if (!environments.includes(environment)) return;
    forget(environment);
    environment.over = why;
    const { host, key } = environment;
    const stuck = setTimeout(() => host.end(), PATIENCE);
    host.ask({ environment: key, end: why }).then(
      () => clearTimeout(stuck),
      () => clearTimeout(stuck),
    );
  }

  async function acquire(): Promise<Environment> {
    for (;;) {
      if (stopped) throw new InvocationFailed('the runtime stops');
      const free = environments.find(({ busy }) => !busy) ?? (environments.length < most ? open() : undefined);
      if (free) {
        free.busy = true;
        return free;
      }
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  }

  async function once(event: unknown): Promise<unknown> {
    const environment = await acquire();
    let took = 0;
    try {
      await environment.ready.catch((error: unknown) => {
        throw new InvocationFailed(`${name} did not start`, { cause: error });
      });
      const answer = await run(environment, event);
      took = answer.cpu;
      if ('error' in answer) throw new InvocationFailed(`${name}: ${answer.error.name}: ${answer.error.message}`);
      return answer.result;
    } finally {
      meter.invoked(name, took, quiet);
      environment.busy = false;
      waiting.shift()?.();
    }
  }

  async function run(environment: Environment, event: unknown): ReturnType<Host['ask']> {
    const { key, host } = environment;
    const expired = setTimeout(() => end(environment, `no answer within ${Timeout} s`), Timeout * 1000);
    if (faults.strike(`function:${name}`, ['kill'])) setTimeout(() => end(environment, 'killed'), Math.random() * 20);
    const deadline = Date.now() + Timeout * 1000;
    try {
      return await host.ask({ environment: key, event, requestId: randomUUID(), deadline });
    } catch (error) {
      throw new InvocationFailed(`${name}: ${environment.over ?? (error as Error).message}`);
    } finally {
      clearTimeout(expired);
    }
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
    warm: () => (environments[0] ?? open()).ready,
    stop: () => {
      stopped = true;
      for (const wake of waiting.splice(0)) wake();
    },
  };
}

export function bundleIn(folder: string, file: string): string {
  const found = ['mjs', 'js', 'cjs']
    .map((ending) => join(folder, `${file}.${ending}`))
    .find((path) => existsSync(path));
  if (!found) throw new Error(`${folder} holds no ${file}.mjs, .js or .cjs`);
  return found;
}
