import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** By which of what a start writes its folder is known. */
const MARKS = ['table.db', 'oidc-key.json'];

/** Where data lies: the folder that DATA_DIR names. An empty name is none, or the data would lie in the checkout itself. */
export const dataDirNamed = (): string => process.env.DATA_DIR || '.local';

/** Whether a Leadkeeper has been at work in the folder. */
export const holdsData = (folder: string): boolean => MARKS.some((name) => existsSync(join(folder, name)));
