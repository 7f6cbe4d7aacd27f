import { count } from '../platform/commit.ts';
import { log } from '../platform/log.ts';
import type { Table } from '../platform/table.ts';
import type { AddTo } from './limiter.ts';

const SIXTY = 60;

/** Adds to the counts in the table, gone an hour later. A limit protects: it stops nobody when it cannot count. */
export const countIn =
  (table: () => Table): AddTo =>
  async (key, minute, posts) => {
    try {
      const at = { pk: `RATE#POSTS#${key}`, sk: String(minute) };
      return await count(table(), at, { attribute: 'posts', by: posts, expiresAt: (minute + SIXTY) * SIXTY });
    } catch (error) {
      log.error('posts were not counted', error, { count: posts });
      return 0;
    }
  };
