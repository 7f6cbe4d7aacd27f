import { ownPhone } from '../lead/contact.ts';
import type { Form } from '../lead/form.ts';
import { adIds } from './clicks.ts';
import type { Conversion, ConversionKind, Platform } from './conversion.ts';
import { type ConversionRules, toldAs } from './rules.ts';

/** A conversion as it was noted, with what is known of the customer and every post of theirs, oldest first. */
export interface Noted {
  leadId: string;
  kind: ConversionKind;
  at: string;
  form: Form;
  posts: readonly { at: string; form: Form }[];
}

const clicksOf = ({ source }: Form, platform: Platform): [string, string][] => {
  const ids = adIds(source);
  return platform.clickIds.flatMap((name) => {
    const id = ids[name];
    return id === undefined ? [] : [[name, id] as [string, string]];
  });
};

/**
 * The conversions that a platform is told of: those with a click of its own, the last one before. Of whoever refused to be
 * approached it is told nothing; of who said nothing about it, only its own click; of who agreed, also who they are.
 */
export function attribute(
  platform: Platform,
  noted: readonly Noted[],
  rules: ConversionRules,
): { conversions: Conversion[]; withheld: number } {
  const conversions: Conversion[] = [];
  let withheld = 0;
  for (const { leadId, kind, at, form, posts } of noted) {
    const as = toldAs(rules, platform.name, kind);
    const last = posts.findLast((post) => clicksOf(post.form, platform).length > 0);
    if (!as || !last) continue;
    if (form.consent?.marketing === false) {
      withheld += 1;
      continue;
    }
    const agreed = form.consent?.marketing === true;
    conversions.push({
      leadId,
      kind,
      at,
      ...as,
      clickIds: Object.fromEntries(clicksOf(last.form, platform)),
      clickedAt: last.at,
      landingPage: last.form.source.landingPage,
      ...(agreed ? { email: form.contact.email, phone: ownPhone(form.contact) } : {}),
    });
  }
  return { conversions, withheld };
}
