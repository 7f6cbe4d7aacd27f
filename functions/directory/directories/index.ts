import { dingtalk } from './dingtalk.ts';
import type { Directory } from './directory.ts';
import { wecom } from './wecom.ts';

/** Every chat directory, by its name. */
export const directories: Readonly<Record<string, Directory>> = { wecom, dingtalk };
