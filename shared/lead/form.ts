import type { Point } from '../territory/point.ts';
import type { Contact } from './contact.ts';

/** What somebody posted, in Leadkeeper's own shape whatever the source's was. Never changed afterwards; holds the personal data. */
export interface Form {
  contact: Contact;
  company?: { name?: string | undefined; employees?: number | undefined; industry?: string | undefined } | undefined;
  location?: { address?: string | undefined; postcode?: string | undefined; point?: Point | undefined } | undefined;
  productLine?: string | undefined;
  behavior?: Record<string, number> | undefined;
  preferredRepId?: string | undefined;
  source: { channel: string; campaign?: string | undefined; utm?: Record<string, string> | undefined };
  consent?: { marketing?: boolean | undefined; at?: string | undefined } | undefined;
}
