import { EventEmitter } from 'node:events';
import type { PoolOptions, PoolWorker, WorkerRequest } from 'vitest/node';
import { ThreadsPoolWorker } from 'vitest/node';

let thread: ThreadsPoolWorker | undefined;

/**
 * A worker thread of Vitest that outlives its run. Thousands of mutants are tried one after the other; starting a thread and
 * loading the libraries for each takes far longer than its tests. The modules of the project are loaded anew for each file of tests
 * all the same, so that nothing which one mutant left in them is seen by the next.
 */
class KeptWorker implements PoolWorker {
  readonly name = 'kept';
  readonly #answers = new EventEmitter();
  readonly #listeners: [string, (...args: unknown[]) => void][] = [];
  readonly #options: PoolOptions;
  #isFresh = false;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    if (thread) return;
    this.#isFresh = true;
    thread = new ThreadsPoolWorker(this.#options);
    await thread.start();
  }

  send(message: WorkerRequest): void {
    if (message.type === 'start' && !this.#isFresh) this.#answer('started');
    else if (message.type === 'stop') this.#answer('stopped');
    else if (message.type === 'run') thread?.send({ ...message, context: this.#narrowed(message.context) });
    else thread?.send(message);
  }

  /** A kept thread has the settings of its first run, so the tests to run are named with each. */
  #narrowed(context: Extract<WorkerRequest, { type: 'run' }>['context']): typeof context {
    const { testNamePattern } = this.#options.project.config;
    return { ...context, files: context.files.map((file) => ({ ...file, testNamePattern })) };
  }

  #answer(type: 'started' | 'stopped'): void {
    setImmediate(() => this.#answers.emit('message', { __vitest_worker_response__: true, type }));
  }

  on(event: string, listener: (...args: unknown[]) => void): void {
    this.#answers.on(event, listener);
    this.#listeners.push([event, listener]);
    thread?.on(event, listener);
  }

  off(event: string, listener: (...args: unknown[]) => void): void {
    this.#answers.off(event, listener);
    thread?.off(event, listener);
  }

  async stop(): Promise<void> {
    for (const [event, listener] of this.#listeners) this.off(event, listener);
  }

  deserialize(data: unknown): unknown {
    return data;
  }
}

/** Vitest's pool of one kept worker. */
export const keptWorker = {
  name: 'kept',
  createPoolWorker: (options: PoolOptions): PoolWorker => new KeptWorker(options),
};
