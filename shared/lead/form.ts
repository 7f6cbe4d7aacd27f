import type { Point } from '../territory/point.ts';
import type { Contact } from './contact.ts';

/** Where a post came from, as far as it says. */
export interface Source {
  channel: string;
  campaign?: string | undefined;
  utm?: Record<string, string> | undefined;
  /** The ad platforms' ids of the click that led here, by their names in addresses (`gclid`). */
  clickIds?: Record<string, string> | undefined;
  /** The page on which the visitor landed, without its query. */
  landingPage?: string | undefined;
  /** The platform's own id of the lead, and of the form that was filled in. */
  externalId?: string | undefined;
  formId?: string | undefined;
  /** It was not understood at first, and taken in by an admin (who, and when it had come; ISO 8601). */
  retaken?: { by: string; cameAt: string } | undefined;
}

/** What somebody said about being approached, as it was posted: when, to which words, and where. */
export interface Consent {
  marketing?: boolean | undefined;
  at?: string | undefined;
  text?: string | undefined;
  version?: string | undefined;
  source?: string | undefined;
}

/**
 * What somebody posted, in Leadkeeper's own shape whatever the source's was. Holds the personal data. As posted it is never
 * changed; what later posts of the same person add is merged into a copy (see shared/duplicates).
 */
export interface Form {
  contact: Contact;
  company?: { name?: string | undefined; employees?: number | undefined; industry?: string | undefined } | undefined;
  location?: { address?: string | undefined; postcode?: string | undefined; point?: Point | undefined } | undefined;
  productLine?: string | undefined;
  behavior?: Record<string, number> | undefined;
  preferredRepId?: string | undefined;
  source: Source;
  /** What else was answered, in the order and the words of the form. */
  fields?: { name: string; value: string }[] | undefined;
  consent?: Consent | undefined;
  /** What the customer wrote. */
  message?: string | undefined;
  /** How the form was filled in, if it tells: what stands in the field that people do not see, and how long it took. */
  filled?: { honeypot?: string | undefined; seconds?: number | undefined } | undefined;
}
