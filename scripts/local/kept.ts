import { closeSync, constants, mkdirSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** A small JSON document in the data folder, and how to replace it (whole or not at all). */
export function keptJson<T>(dataDir: string, file: string, first: () => T): { value: T; save: (value: T) => void } {
  const path = join(dataDir, file);
  const save = (value: T) => {
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(`${path}.new`, JSON.stringify(value, null, 2), { mode: 0o600 });
    renameSync(`${path}.new`, path);
  };
  let found: string;
  try {
    found = readFileSync(path, 'utf8');
  } catch {
    return { value: first(), save };
  }
  return { value: JSON.parse(found) as T, save };
}

const LINE = 200;

/**
 * A file of one short line that is written over again and again, whole or not at all: in place, by one write of always the same
 * length. Replacing a file by another makes some file systems wait for the disk, a hundred times as long.
 */
export function keptLine(path: string): { write: (text: string) => void; close: () => void } {
  const file = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
  return { write: (text) => void writeSync(file, text.padEnd(LINE), 0), close: () => closeSync(file) };
}
