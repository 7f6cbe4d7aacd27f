import { readFileSync } from 'node:fs';
import { segmenterOf } from '../../shared/platform/segmenter.ts';
import { ownWords } from '../../shared/understanding/match.ts';
import { type UnderstandingRules, understandingRules } from '../../shared/understanding/rules.ts';
import type { Cut } from '../../shared/understanding/segment.ts';
import { type Topic, topics } from '../../shared/understanding/topics.ts';
import { understand } from '../../shared/understanding/understand.ts';

/** The halves of the labelled sentences: rules are written against one, and only measured by the other. */
export const halves = ['development', 'held-out'] as const;
export type Half = (typeof halves)[number];

/** A sentence, what the other side said just before it if that matters, and the topics that a reader finds in it. */
export interface Labelled {
  language: string;
  speaker: 'customer' | 'rep';
  before: string;
  sentence: string;
  topics: Topic[];
}

/** The names that a company in the trade of the sentences would have entered. */
const rules: UnderstandingRules = understandingRules.parse({
  competitors: [
    '用友',
    '金蝶',
    '纷享销客',
    '销售易',
    '泛微',
    '悟空',
    'Salesforce',
    'HubSpot',
    'Zoho',
    'Pipedrive',
    'Zendesk',
    'Oracle',
  ],
});

/** Words as jieba cuts them, with the company's names in its dictionary. */
const inWords = (): Cut => segmenterOf(ownWords(rules));
/** Words taken as they stand, wherever. */
export const asTheyStand: Cut = (text) => [...text];

const isTopic = (text: string): text is Topic => topics.some((topic) => topic === text);

/** A sheet of labelled sentences. @throws Error for a label that is no topic */
export function readSheet(file: URL): Labelled[] {
  const [, ...lines] = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line) => {
    const [language = '', speaker = '', before = '', sentence = '', labels = ''] = line.split('\t');
    const labelled = labels.split(' ').filter((label) => label !== '');
    const unknown = labelled.find((label) => !isTopic(label));
    if (unknown !== undefined || !['customer', 'rep'].includes(speaker))
      throw new Error(`${sentence}: ${unknown ?? speaker}`);
    return { language, speaker: speaker as Labelled['speaker'], before, sentence, topics: labelled.filter(isTopic) };
  });
}

/** The labelled sentences of a half. */
export const readHalf = (half: Half): Labelled[] => readSheet(new URL(`${half}.tsv`, import.meta.url));

/** The topics that are found in a sentence, as part of a conversation. */
export function foundIn({ speaker, before, sentence }: Labelled, cut: Cut = inWords()): Set<Topic> {
  const asked = before === '' ? [] : [{ messageId: '0', at: '0', from: 'rep' as const, text: before }];
  const { findings } = understand([...asked, { messageId: '1', at: '1', from: speaker, text: sentence }], rules, cut);
  return new Set((findings.get('1') ?? []).map(({ topic }) => topic));
}

/** How often a topic was found where it is (`right`), found where it is not (`wrong`), and not found (`missed`). */
export interface Measured {
  right: number;
  wrong: number;
  missed: number;
}

export const precision = ({ right, wrong }: Measured): number => (right + wrong === 0 ? 1 : right / (right + wrong));
export const recall = ({ right, missed }: Measured): number => (right + missed === 0 ? 1 : right / (right + missed));

/** What each topic comes to over these sentences, and all together. */
export function measure(sentences: readonly Labelled[], cut?: Cut): Record<Topic | 'all', Measured> {
  const counts = Object.fromEntries(
    [...topics, 'all'].map((name) => [name, { right: 0, wrong: 0, missed: 0 }]),
  ) as Record<Topic | 'all', Measured>;
  for (const each of sentences) {
    const found = foundIn(each, cut);
    for (const topic of topics) {
      const [isThere, isFound] = [each.topics.includes(topic), found.has(topic)];
      if (!isThere && !isFound) continue;
      const outcome = isThere && isFound ? 'right' : isFound ? 'wrong' : 'missed';
      counts[topic][outcome] += 1;
      counts.all[outcome] += 1;
    }
  }
  return counts;
}
