import * as z from 'zod';
import { LONGEST, type Said, sides } from '../message.ts';

/** How it stands with a recording. `asked`: it is being put into words. */
export const states = ['asked', 'transcribed', 'speakers-unknown', 'failed'] as const;

/** Who of the speakers is on which side, by the names that Amazon Transcribe gives them: `spk_0` speaks first. */
export const speakers = z.record(z.string().regex(/^spk_\d{1,2}$/, 'a speaker such as spk_0'), z.enum(sides));

/** A recording of a conversation with the customer, uploaded before as evidence. */
export interface Recording {
  uploadId: string;
  channel: string;
  /** When it was recorded, when it was asked for, and for which time (ISO 8601). */
  at: string;
  askedAt: string;
  attempt: number;
  by: string;
  state: (typeof states)[number];
  /** Of two speakers, the side of the one who speaks first: whoever answers the phone. */
  firstSpeaker?: 'rep' | 'customer' | undefined;
  speakers?: z.infer<typeof speakers> | undefined;
  /** Why it failed. */
  because?: string | undefined;
  /** Counts every change. */
  revision: number;
}

const item = z.object({
  type: z.string(),
  start_time: z.string().optional(),
  speaker_label: z.string().optional(),
  alternatives: z.array(z.object({ content: z.string() })).min(1),
});
/** What Amazon Transcribe writes, as far as it is read here. */
const written = z.object({
  results: z.object({
    items: z.array(item),
    speaker_labels: z
      .object({
        segments: z.array(
          z.object({ items: z.array(z.object({ start_time: z.string(), speaker_label: z.string().optional() })) }),
        ),
      })
      .optional(),
  }),
});

/** What one speaker says until another does: who, from which second on, what. */
export interface Turn {
  speaker: string;
  start: number;
  text: string;
}

/** Chinese is written without spaces, and nothing stands before a comma. */
const joined = (text: string, word: string, isMark: boolean): string =>
  text === '' || isMark || (/[\u3000-\u9fff\uff00-\uffef]$/.test(text) && /^[\u3000-\u9fff]/.test(word))
    ? text + word
    : `${text} ${word}`;

/** The turns in what Amazon Transcribe wrote. @throws Error when that is something else */
export function turnsIn(json: string): Turn[] {
  const { items, speaker_labels } = written.parse(JSON.parse(json)).results;
  const labels = new Map(
    (speaker_labels?.segments ?? []).flatMap((segment) =>
      segment.items.map(({ start_time, speaker_label }) => [start_time, speaker_label] as const),
    ),
  );
  const turns: Turn[] = [];
  for (const { type, start_time = '', speaker_label, alternatives } of items) {
    const isMark = type === 'punctuation';
    const last = turns.at(-1);
    const content = alternatives[0]?.content ?? '';
    const speaker = speaker_label ?? labels.get(start_time) ?? last?.speaker ?? 'spk_0';
    const goesOn = last && (isMark || (last.speaker === speaker && last.text.length + content.length < LONGEST));
    if (goesOn) last.text = joined(last.text, content, isMark);
    else if (!isMark) turns.push({ speaker, start: Number(start_time), text: content });
  }
  return turns;
}

/** Which side each speaker is on: as it was told, or by who speaks first of two. Undefined when that is not known of all. */
export function sidesIn(
  turns: readonly Turn[],
  { speakers = {}, firstSpeaker }: Pick<Recording, 'speakers' | 'firstSpeaker'>,
): Map<string, Said['from']> | undefined {
  const all = [...new Set(turns.map(({ speaker }) => speaker))];
  if (all.every((each) => speakers[each] !== undefined))
    return new Map(all.map((each) => [each, speakers[each] ?? 'other']));
  if (firstSpeaker === undefined || all.length > 2) return undefined;
  const other = firstSpeaker === 'rep' ? 'customer' : 'rep';
  return new Map(all.map((each, n) => [each, n === 0 ? firstSpeaker : other]));
}

/** The turns as messages of the conversation; none of them later than `now`. */
export function saidIn(
  turns: readonly Turn[],
  sidesOf: ReadonlyMap<string, Said['from']>,
  { uploadId, at }: Pick<Recording, 'uploadId' | 'at'>,
  now: Date,
): Said[] {
  const began = Math.min(Date.parse(at), now.getTime() - 1000 * (turns.at(-1)?.start ?? 0));
  return turns.map(({ speaker, start, text }, n) => ({
    messageId: `${uploadId}/${n}`,
    at: new Date(began + 1000 * start).toISOString(),
    from: sidesOf.get(speaker) ?? 'other',
    name: speaker,
    text,
  }));
}
