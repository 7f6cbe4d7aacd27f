import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NotGenuine, open, openSigned, type Seal, seal, signatureOf } from '../../../shared/platform/envelope.ts';

const with_: Seal = { token: 'token', aesKey: Buffer.alloc(32, 7).toString('base64').slice(0, 43), owner: 'CORPID' };
const head = Buffer.alloc(16, 1);
const now = new Date(1_700_000_000_000);
const sealed = seal('<xml/>', with_, head);
const signed = (timestamp: string, what = sealed) => ({
  timestamp,
  nonce: 'nonce',
  sealed: what,
  signature: signatureOf('token', timestamp, 'nonce', what),
});

describe('the envelope of callbacks', () => {
  it('is signed as WeCom publishes it', () => {
    expect(signatureOf('token', '1700000000', 'nonce', 'ENC')).toBe('8eff1fcabfa545a4f3228f21284394ba7964166a');
  });

  it('gives back whatever was sealed in it, of any length and in any language', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 200 }),
        fc.uint8Array({ minLength: 16, maxLength: 16 }),
        (text, random) => {
          expect(open(seal(text, with_, random), with_)).toBe(Buffer.from(text).toString('utf8'));
        },
      ),
    );
  });

  it('is refused when a byte of it was changed, it was sealed with another key, or is for somebody else', () => {
    const bytes = Buffer.from(sealed, 'base64');
    for (let at = 0; at < bytes.length; at += 1) {
      const forged = Buffer.from(bytes);
      forged[at] = (forged[at] ?? 0) ^ 0xff;
      const said = { ...signed('1700000000'), sealed: forged.toString('base64') };
      expect(() => openSigned(said, with_, now)).toThrow(NotGenuine);
    }
    const other = { ...with_, aesKey: Buffer.alloc(32, 8).toString('base64').slice(0, 43) };
    expect(() => open(sealed, other)).toThrow(NotGenuine);
    expect(() => open(sealed, { ...with_, owner: 'OTHER' })).toThrow('somebody else');
    expect(() => open('', with_)).toThrow('is not sealed');
  });

  it('is refused when it is not of this hour, in seconds as in milliseconds', () => {
    expect(openSigned(signed('1700000000'), with_, now)).toBe('<xml/>');
    expect(openSigned(signed('1700000000123'), with_, now)).toBe('<xml/>');
    for (const time of ['1699990000', '1700010000', 'yesterday', ''])
      expect(() => openSigned(signed(time), with_, now)).toThrow('not of this hour');
  });
});
