import { Server } from 'node:net';

/**
 * Runs `start` while every server that it opens on all addresses opens on 127.0.0.1 instead. For fauxqs, whose `host` option
 * only names queue URLs: it listens on 0.0.0.0 whatever one says.
 */
export async function onLoopback<T>(start: () => Promise<T>): Promise<T> {
  const listen = Server.prototype.listen;
  Server.prototype.listen = function (this: Server, ...given: unknown[]): Server {
    const [options, ...rest] = given;
    const bound =
      typeof options === 'object' && options !== null && 'host' in options && options.host === '0.0.0.0'
        ? { ...options, host: '127.0.0.1' }
        : options;
    return Reflect.apply(listen, this, [bound, ...rest]) as Server;
  };
  try {
    return await start();
  } finally {
    Server.prototype.listen = listen;
  }
}
