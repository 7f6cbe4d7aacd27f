import { AsyncLocalStorage } from 'node:async_hooks';
import { syncBuiltinESMExports } from 'node:module';

/** What a function finds around itself, alone in its process on Lambda, in one thread with others here. */
export interface OwnSurroundings {
  variables: Record<string, string>;
  /** Takes what it writes to its log. */
  log: (text: string) => void;
  /** It is over: nothing that its code does from then on may be seen by anybody. */
  dead: boolean;
}

const current = new AsyncLocalStorage<OwnSurroundings>();

/** Runs `work`, and all that it starts, with these surroundings. */
export const within = <T>(surroundings: OwnSurroundings, work: () => T): T => current.run(surroundings, work);

/** Those of whose code runs; undefined when it is the thread's own. */
export const whose = (): OwnSurroundings | undefined => current.getStore();

/**
 * Lets `process.env` and what is written to `process.stdout` and `process.stderr` in this thread be those of whose code runs; the
 * thread's own where none of theirs does.
 */
export function surroundEach(): void {
  const ofTheThread = process.env as Record<string, string>;
  const variables = () => current.getStore()?.variables ?? ofTheThread;
  const env = new Proxy(ofTheThread, {
    get: (_, name) => Reflect.get(variables(), name),
    set: (_, name, value) => Reflect.set(variables(), name, String(value)),
    has: (_, name) => Reflect.has(variables(), name),
    deleteProperty: (_, name) => Reflect.deleteProperty(variables(), name),
    ownKeys: () => Reflect.ownKeys(variables()),
    getOwnPropertyDescriptor: (_, name) => Reflect.getOwnPropertyDescriptor(variables(), name),
  });
  Object.defineProperty(process, 'env', { value: env });
  for (const stream of [process.stdout, process.stderr]) {
    const plain = stream.write;
    Object.assign(stream, {
      write: (...given: Parameters<typeof stream.write>): boolean => {
        const own = current.getStore();
        if (!own) return Reflect.apply(plain, stream, given) as boolean;
        const [chunk] = given;
        if (!own.dead) own.log(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8'));
        const done = given.findLast((each) => typeof each === 'function');
        if (done) queueMicrotask(done);
        return true;
      },
    });
  }
  syncBuiltinESMExports();
}
