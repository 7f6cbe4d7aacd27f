import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
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
