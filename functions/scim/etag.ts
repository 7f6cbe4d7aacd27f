import type { ScimUser } from '../../shared/scim/user.ts';
import { Refusal } from './failure.ts';

/** A user's version as an entity tag. */
export const etagOf = ({ version }: Pick<ScimUser, 'version'>): string => `W/"${version}"`;

/** Whether an If-Match or If-None-Match names the user's version; compared weakly, there are no others. */
export const isNamed = (header: string, user: ScimUser): boolean =>
  header.split(',').some((tag) => {
    const named = tag.trim();
    return named === '*' || `W/${named.replace(/^W\//, '')}` === etagOf(user);
  });

/** @throws Refusal 412 when the caller meant another version */
export function checkMatch(ifMatch: string | undefined, user: ScimUser): void {
  if (ifMatch !== undefined && !isNamed(ifMatch, user)) {
    throw new Refusal(412, undefined, `the user has changed: it is now ${etagOf(user)}`);
  }
}
