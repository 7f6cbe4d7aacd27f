import type { Chat } from './chat.ts';
import { dingtalk } from './dingtalk.ts';
import { wecom } from './wecom.ts';

/** Every connected chat, by its name. */
export const chats: ReadonlyMap<string, Chat> = new Map([wecom, dingtalk].map((chat) => [chat.name, chat]));
