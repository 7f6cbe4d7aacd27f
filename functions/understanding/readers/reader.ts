import type { UnderstandingRules } from '../../../shared/understanding/rules.ts';
import type { Finding } from '../../../shared/understanding/topics.ts';
import type { Message } from '../../../shared/understanding/understand.ts';

/** Finds what the customer's messages of a conversation are about, by message. @throws when it cannot */
export type Reader = (messages: readonly Message[], rules: UnderstandingRules) => Promise<Map<string, Finding[]>>;
