import { DatabaseSync } from 'node:sqlite';

const WAL = /\bjournal_mode\s*=\s*wal\b/i;

/**
 * Runs `start` while every SQLite database that is set to write ahead is also set to `synchronous = NORMAL`: what was written
 * survives the end of the process, killed or not, and only a power failure may take the last of it. For fauxqs, which leaves SQLite's
 * default, and so waits for the disk three times for each message, on the one thread that all calls go through.
 */
export async function inNormalSync<T>(start: () => Promise<T>): Promise<T> {
  const { exec } = DatabaseSync.prototype;
  DatabaseSync.prototype.exec = function (this: DatabaseSync, sql: string): void {
    Reflect.apply(exec, this, [sql]);
    if (WAL.test(sql)) Reflect.apply(exec, this, ['PRAGMA synchronous = NORMAL']);
  };
  try {
    return await start();
  } finally {
    DatabaseSync.prototype.exec = exec;
  }
}
