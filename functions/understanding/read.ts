import { log } from '../../shared/platform/log.ts';
import type { ReadBy } from '../../shared/understanding/read-by.ts';
import type { UnderstandingRules } from '../../shared/understanding/rules.ts';
import type { Finding } from '../../shared/understanding/topics.ts';
import type { Message } from '../../shared/understanding/understand.ts';
import { bedrock } from './readers/bedrock.ts';
import { rules } from './readers/rules.ts';

/** Why a model could not. Its answer may quote the customer: of errors that quote it, only the kind is told. */
function becauseOf(error: unknown): string {
  if (!(error instanceof Error)) return 'it failed';
  if (error instanceof SyntaxError || error.name === 'ZodError') return 'its answer is not what was asked for';
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'it did not answer in time';
  return error.name === 'Error' ? error.message : error.name;
}

/** What a conversation is about: by the model if the company has chosen one and it can, else by the rules. */
export async function read(
  messages: readonly Message[],
  by: UnderstandingRules,
): Promise<ReadBy & { findings: Map<string, Finding[]> }> {
  if (!by.bedrock) return { by: 'rules', findings: await rules(messages, by) };
  try {
    return { by: 'bedrock', findings: await bedrock()(messages, by) };
  } catch (error) {
    const because = becauseOf(error);
    log.warn('the model could not read a conversation, the rules did', { cause: because });
    return { by: 'rules', insteadOf: { reader: 'bedrock', because }, findings: await rules(messages, by) };
  }
}
