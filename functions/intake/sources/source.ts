import type { Form } from '../../../shared/lead/form.ts';
import type { Call } from '../../../shared/platform/http-step.ts';
import type { Secret } from '../../../shared/platform/secrets.ts';

/** A place leads come from. Each is one file of this shape: verify, then parse into Leadkeeper's own form. */
export interface Source {
  /** The name in `POST /leads/{source}`, and the lead's `source.channel`. */
  readonly name: string;
  /** Whether the call shows this source's key or signature. Looks at headers and raw bytes only. */
  readonly verify: (call: Call, secret: Secret) => boolean;
  /** What was posted. @throws Problem that names what is wrong */
  readonly parse: (call: Call) => Form;
}
