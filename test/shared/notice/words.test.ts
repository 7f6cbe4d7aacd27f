import { describe, expect, it } from 'vitest';
import { messageKinds, valuesOf } from '../../../shared/notice/kinds.ts';
import { languages, languageTags } from '../../../shared/notice/languages/index.ts';
import { defaultNoticeRules, noticeRules } from '../../../shared/notice/rules.ts';
import { fill, placesIn } from '../../../shared/notice/template.ts';

const said = (document: unknown) => {
  const parsed = noticeRules.safeParse(document);
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
};
const withWords = (kind: string, text: string, language = 'en') => ({
  admins: ['wecom'],
  templates: { [language]: { [kind]: { title: 'Title', text } } },
});

describe('the words of messages', () => {
  it.each(languageTags)('in %s name only values that their kind has', (tag) => {
    for (const kind of messageKinds) {
      const { title, text } = languages[tag].templates[kind];
      const known: readonly string[] = valuesOf[kind];
      for (const place of [...placesIn(title), ...placesIn(text)]) expect(known).toContain(place);
    }
    for (const place of placesIn(languages[tag].playbook.talkTrack)) expect(valuesOf['lead-assigned']).toContain(place);
  });

  it('say a value that is missing by a dash, never as undefined', () => {
    expect(fill('{who} of {company}, {constructor}', { who: 'Ann' })).toBe('Ann of —, —');
    expect(fill('{who}', { who: '{company}', company: 'x' })).toBe('{company}');
  });

  it('can be the company’s own, with values of that kind', () => {
    expect(said(withWords('lead-assigned', 'Go for {who}: {link}'))).toEqual([]);
    expect(said(withWords('lead-assigned', 'Go for {whom}'))[0]).toMatch(
      /^templates\.en\.lead-assigned\.text: \{whom\} is no value of lead-assigned; there are \{leadId\}/,
    );
  });

  it('never tell a group who a customer is', () => {
    for (const kind of ['lead-missed', 'assignment-failed'] as const)
      for (const secret of ['who', 'name', 'company', 'reach'])
        expect(said(withWords(kind, `{${secret}}`))[0]).toMatch('is no value of');
  });

  it.each([
    [withWords('lead-lost', 'x'), 'lead-lost'],
    [withWords('lead-assigned', 'x', 'fr'), 'fr'],
    [{ admins: ['email'] }, 'adminEmail: needed'],
    [{ admins: ['wecom'], staff: { first: [], instead: [] } }, 'staff.first'],
    [{ admins: ['wecom'], staff: { first: ['fax'], instead: [] } }, 'staff.first.0'],
    [{ admins: ['wecom'], staff: { first: ['push', 'push'], instead: [] } }, 'each channel once'],
    [{ admins: ['wecom'], quietHours: { from: '22:00', to: '25:00' } }, 'quietHours.to'],
    [{ admins: ['wecom'], playbook: { en: { talkTrack: 'Hello {nmae}', tasks: [] } } }, 'playbook.en.talkTrack'],
  ])('are refused with what is wrong: %j', (document, words) => expect(said(document).join('\n')).toContain(words));

  it('hold for documents written before there was more than the admins’ channels', () => {
    expect(noticeRules.parse({ admins: ['wecom'] })).toEqual(defaultNoticeRules);
  });
});
