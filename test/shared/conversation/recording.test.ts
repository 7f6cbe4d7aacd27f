import { describe, expect, it } from 'vitest';
import { saidIn, sidesIn, turnsIn } from '../../../shared/conversation/recording/recording.ts';

type Item = [speaker: string, start: string, content: string] | string;

/** What Amazon Transcribe writes: with a speaker at each word, as it does now, or only in the segments, as it did. */
function written(items: Item[], older = false): string {
  const words = items.flatMap((item) => (typeof item === 'string' ? [] : [item]));
  return JSON.stringify({
    jobName: 'job',
    status: 'COMPLETED',
    results: {
      transcripts: [{ transcript: '' }],
      speaker_labels: {
        segments: words.map(([speaker_label, start_time]) => ({
          speaker_label,
          start_time,
          items: [{ start_time, speaker_label }],
        })),
      },
      items: items.map((item) =>
        typeof item === 'string'
          ? { type: 'punctuation', alternatives: [{ confidence: '0.0', content: item }] }
          : {
              type: 'pronunciation',
              start_time: item[1],
              ...(older ? {} : { speaker_label: item[0] }),
              alternatives: [{ confidence: '0.9', content: item[2] }],
            },
      ),
    },
  });
}

const call: Item[] = [
  ['spk_0', '0.5', '喂'],
  '，',
  ['spk_0', '0.9', '你好'],
  ['spk_1', '2.0', 'Hello'],
  ',',
  ['spk_1', '2.4', 'this'],
  ['spk_1', '2.6', 'is'],
  ['spk_1', '2.9', 'Anna'],
  '.',
  ['spk_0', '4.0', '太贵'],
  ['spk_0', '4.4', '了'],
  '。',
];

describe('what Amazon Transcribe wrote', () => {
  it.each([false, true])('is turns: one speaker until another speaks (an older form: %s)', (older) => {
    expect(turnsIn(written(call, older))).toEqual([
      { speaker: 'spk_0', start: 0.5, text: '喂，你好' },
      { speaker: 'spk_1', start: 2, text: 'Hello, this is Anna.' },
      { speaker: 'spk_0', start: 4, text: '太贵了。' },
    ]);
  });

  it('is no turns when nobody speaks, and nothing when it is something else', () => {
    expect(turnsIn(written([]))).toEqual([]);
    expect(() => turnsIn('{"results":{}}')).toThrow();
    expect(() => turnsIn('<html>')).toThrow();
  });
});

describe('who is who', () => {
  const turns = turnsIn(written(call));
  const sides = (told: Parameters<typeof sidesIn>[1]) => {
    const found = sidesIn(turns, told);
    return found && Object.fromEntries(found);
  };

  it('is told, or follows from who speaks first of two', () => {
    expect(sides({ speakers: { spk_0: 'customer', spk_1: 'rep' } })).toEqual({ spk_0: 'customer', spk_1: 'rep' });
    expect(sides({ firstSpeaker: 'customer' })).toEqual({ spk_0: 'customer', spk_1: 'rep' });
    expect(sides({ firstSpeaker: 'rep' })).toEqual({ spk_0: 'rep', spk_1: 'customer' });
  });

  it('is not guessed', () => {
    expect(sides({})).toBeUndefined();
    expect(sides({ speakers: { spk_0: 'rep' } })).toBeUndefined();
    const three = turnsIn(written([...call, ['spk_2', '6.0', '对']]));
    expect(sidesIn(three, { firstSpeaker: 'rep' })).toBeUndefined();
  });

  it('makes messages, the same each time, at the times at which they were said and none in the future', () => {
    const now = new Date('2026-11-02T10:00:00Z');
    const known = sidesIn(turns, { firstSpeaker: 'customer' }) ?? new Map();
    const said = (at: string) => saidIn(turns, known, { uploadId: 'u', at }, now);
    expect(said('2026-11-02T09:00:00Z').map(({ messageId, at, from }) => [messageId, at, from])).toEqual([
      ['u/0', '2026-11-02T09:00:00.500Z', 'customer'],
      ['u/1', '2026-11-02T09:00:02.000Z', 'rep'],
      ['u/2', '2026-11-02T09:00:04.000Z', 'customer'],
    ]);
    expect(said('2026-11-02T09:59:59Z').at(-1)?.at).toBe('2026-11-02T10:00:00.000Z');
  });
});
