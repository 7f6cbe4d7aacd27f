import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { bearer, type Client, clientOf } from '../demo/client.ts';
import { endOrphan, freePort } from '../local/table.ts';

const START_TIMEOUT = 300_000;
/** Minutes of the clock, passed in bad weather, take their time. */
const PATIENCE = 290_000;

/** Whether the demo company is there. @throws while nobody answers */
async function answers(client: Client): Promise<boolean> {
  const admin = await bearer(client, { role: 'admin' });
  const { features } = (await client.call('GET', '/territories', undefined, admin)) as { features: unknown[] };
  return features.length > 0;
}

/** `npm start` in a process of its own, which can be killed and started again on the same data. */
export class Running {
  readonly #assembly: string;
  readonly #dataDir: string;
  #child: ChildProcess | undefined;
  #client: Client | undefined;
  #admin: { authorization: string } | undefined;

  readonly #seed: number;
  #starts = 0;

  /** @param seed what the faults of each start are drawn from */
  constructor(assembly: string, dataDir: string, seed = 0) {
    this.#assembly = assembly;
    this.#dataDir = dataDir;
    this.#seed = seed;
  }

  /** The address that answers now. @throws while none does */
  get client(): Client {
    if (!this.#client) throw new Error('the runtime is down');
    return this.#client;
  }

  /** Starts it, and returns once it answers. @throws when it does not within five minutes */
  async start(): Promise<void> {
    const port = await freePort();
    this.#starts += 1;
    const env = {
      PORT: String(port),
      DATA_DIR: this.#dataDir,
      ASSEMBLY: this.#assembly,
      COMPANY: 'demo',
      WARM: 'none',
      FAULTS_SEED: String(this.#seed + this.#starts),
    };
    this.#child = spawn(process.execPath, ['scripts/start.ts'], { env: { ...process.env, ...env }, stdio: 'ignore' });
    const client = clientOf(`http://127.0.0.1:${port}`);
    const until = performance.now() + START_TIMEOUT;
    for (;;) {
      const up = await answers(client).catch(() => false);
      if (up) break;
      if (this.#child.exitCode !== null) throw new Error(`the runtime ended with ${this.#child.exitCode}`);
      if (performance.now() > until) throw new Error('the runtime does not answer');
      await wait(200);
    }
    this.#client = client;
    this.#admin = await bearer(client, { role: 'admin' });
  }

  /** Ends it: at once and without a word, or as Ctrl-C does. */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    this.#client = undefined;
    const child = this.#child;
    if (!child || child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  }

  /** Ends it and its table, which a kill leaves alone. */
  async cleanUp(): Promise<void> {
    await this.end('SIGKILL');
    await endOrphan(this.#dataDir);
  }

  /** A call as an admin. */
  asAdmin(method: string, path: string, body?: unknown): Promise<unknown> {
    return clientOf(this.client.url, PATIENCE).call(method, path, body, this.#admin);
  }
}
