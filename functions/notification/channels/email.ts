import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { patient } from '../../../shared/platform/client.ts';
import { sha256 } from '../../../shared/platform/random.ts';
import { readSecret } from '../../../shared/platform/secrets.ts';
import { type Channel, type Message, NotTaken, notConfigured } from '../message.ts';
import { plain, whole } from './robot.ts';

const ses = new SESv2Client(patient({ answer: 5000, tries: 3 }));

/** The address takes no mail, now or later. */
const FOR_GOOD = new Set(['MessageRejected', 'BadRequestException']);

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (character) => escapes[character] ?? '');

/** The message as a page: a customer's name is text, whatever stands in it. */
export function emailHtml({ text, details, link }: Message): string {
  const lines = [plain(text), ...(details?.split('\n') ?? [])].map((line) => `<p>${escaped(line)}</p>`);
  return [...lines, ...(link ? [`<p><a href="${escaped(link)}">${escaped(link)}</a></p>`] : [])].join('\n');
}

/** An e-mail to one person, by SES (`emailFrom` in the secret: an address whose domain is verified there). */
export const email: Channel = {
  name: 'email',
  send: async (message, { id }) => {
    const { emailFrom } = await readSecret();
    if (!emailFrom) throw notConfigured('email');
    const part = (Data: string) => ({ Data, Charset: 'UTF-8' });
    const tags = { kind: message.kind, messageId: sha256(id).slice(0, 32), leadId: message.leadId ?? '' };
    const command = new SendEmailCommand({
      FromEmailAddress: emailFrom,
      Destination: { ToAddresses: [message.to] },
      Content: {
        Simple: {
          Subject: part(message.title),
          Body: { Text: part(plain(whole(message))), Html: part(emailHtml(message)) },
        },
      },
      EmailTags: Object.entries(tags).flatMap(([Name, Value]) => (Value ? [{ Name, Value }] : [])),
    });
    try {
      await ses.send(command);
    } catch (error) {
      if (error instanceof Error && FOR_GOOD.has(error.name))
        throw new NotTaken('email', error.name, { forGood: true });
      throw error;
    }
  },
};
