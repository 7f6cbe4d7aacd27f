import { EventEmitter } from 'node:events';
import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import { Readable, Writable } from 'node:stream';
import type { MessagePort } from 'node:worker_threads';
import { whose } from './own-surroundings.ts';

/** A request to a stand-in, and its answer, as they pass between a function's thread and the main one. */
export interface Asked {
  id: number;
  path: string;
  headers: Record<string, string>;
  body: string;
}
export interface Answered {
  id: number;
  status: number;
  headers: Record<string, string>;
  body: string;
}

const nothing = (): void => undefined;

type OnResponse = (response: IncomingMessage) => void;

/**
 * Lets this thread's requests to the stand-ins at `origin` go through the port, instead of through a socket to the main thread of
 * the same process: its system calls were a third of what a request costs. All other requests go as they do. What a function that
 * is over asks for, here or elsewhere, goes nowhere, and what it had asked for is never answered.
 */
export function callThrough(port: MessagePort, origin: URL): void {
  const pending = new Map<number, Call>();
  let last = 0;
  const plain = http.request;
  const request = (...given: unknown[]): ClientRequest => {
    const [options, onResponse] = given as [RequestOptions, OnResponse | undefined];
    const own = whose();
    if (own?.dead) return new Call(nothing, nothing) as unknown as ClientRequest;
    if (options.host !== origin.hostname || String(options.port) !== origin.port)
      return Reflect.apply(plain, http, given) as ClientRequest;
    last += 1;
    const id = last;
    const call = new Call(
      (body) => {
        pending.set(id, call);
        const { path, headers } = options;
        port.postMessage({ id, path: path ?? '/', headers: headers as Record<string, string>, body } satisfies Asked);
      },
      () => pending.delete(id),
    );
    if (onResponse) call.once('response', (response: IncomingMessage) => !own?.dead && onResponse(response));
    return call as unknown as ClientRequest;
  };
  Object.assign(http, { request });
  const plainHttps = https.request;
  Object.assign(https, {
    request: (...given: unknown[]): unknown =>
      whose()?.dead ? new Call(nothing, nothing) : Reflect.apply(plainHttps, https, given),
  });
  const plainFetch = globalThis.fetch;
  globalThis.fetch = async (...given) => {
    const own = whose();
    const answer = own?.dead ? undefined : await plainFetch(...given);
    return answer && !own?.dead ? answer : new Promise(nothing);
  };
  syncBuiltinESMExports();
  port.on('message', (answered: Answered) => pending.get(answered.id)?.answer(answered));
}

/** As much of node:http's request as the SDK's handler uses. */
class Call extends Writable {
  /** There from the start: no time-out for connecting runs. */
  readonly socket = Object.assign(new EventEmitter(), {
    setKeepAlive: () => undefined,
    setTimeout: () => undefined,
    destroy: () => undefined,
  });
  #body = '';
  readonly #send: (body: string) => void;
  readonly #forget: () => void;

  constructor(send: (body: string) => void, forget: () => void) {
    // It ends with its answer, not with its last byte.
    super({ decodeStrings: false, autoDestroy: false });
    this.#send = send;
    this.#forget = forget;
  }

  override _write(chunk: string | Uint8Array, _encoding: BufferEncoding, done: () => void): void {
    this.#body += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
    done();
  }

  override _final(done: () => void): void {
    this.#send(this.#body);
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#forget();
    done(error);
  }

  answer({ status, headers, body }: Answered): void {
    this.emit('response', Object.assign(Readable.from([Buffer.from(body)]), { statusCode: status, headers }));
    this.destroy();
  }
}
