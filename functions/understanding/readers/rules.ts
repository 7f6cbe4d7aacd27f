import { segmenterOf } from '../../../shared/platform/segmenter.ts';
import { ownWords } from '../../../shared/understanding/match.ts';
import { findingsIn } from '../../../shared/understanding/understand.ts';
import type { Reader } from './reader.ts';

/** By words and grammar: always there, and the same for the same words. */
export const rules: Reader = async (messages, by) => findingsIn(messages, by, segmenterOf(ownWords(by)));
