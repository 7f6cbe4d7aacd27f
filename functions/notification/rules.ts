import { current, load } from '../../shared/config/store.ts';
import type { NoticeRules } from '../../shared/notice/rules.ts';
import type { Table } from '../../shared/platform/table.ts';

/** The rules in force for who is told by which channel. */
export const noticeRulesNow = async (table: Table): Promise<NoticeRules> =>
  load(table, 'notices', (await current(table)).notices);
