import { form, type System } from '../running-system.ts';

/** A lead of somebody new, who wishes to be served by this rep. */
export async function leadOf(system: System, repId: string, name: string): Promise<string> {
  const { contact, ...rest } = form();
  return system.lead({ ...rest, contact: { ...(contact as object), name }, preferredRepId: repId });
}
