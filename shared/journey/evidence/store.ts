import { leadPartition } from '../../lead/partition.ts';
import { iso } from '../../platform/clock.ts';
import { absent, type Change, commitOne, put, update } from '../../platform/commit.ts';
import { addressToGet, addressToPut, listObjects, readBeginning } from '../../platform/objects.ts';
import { get, type Table } from '../../platform/table.ts';
import { BEGINNING, type Declared, refuse } from './evidence.ts';

/** What a scanner for viruses said of a file. */
export type Verdict = 'clean' | 'infected';

/** A file of a lead: what was declared, by whom, when (ISO 8601), and what a scanner said, if one did. */
export interface Evidence extends Declared {
  uploadId: string;
  at: string;
  by: string;
  verdict?: Verdict;
}

const keyOf = (leadId: string, uploadId: string) => ({ pk: leadPartition(leadId), sk: `EVIDENCE#${uploadId}` });
/** Where a lead's file lies in the bucket. */
export const objectOf = (leadId: string, uploadId: string): string => `evidence/${leadId}/${uploadId}`;

/** Notes a file that is to be uploaded, and says where it goes (PUT, with this type and size, within a quarter of an hour). */
export async function declare(to: Table, leadId: string, file: Omit<Evidence, 'at'>, at: Date): Promise<string> {
  const evidence: Evidence = { ...file, at: iso(at) };
  await commitOne(to, put('evidence', { ...keyOf(leadId, file.uploadId), evidence }, absent));
  return addressToPut(objectOf(leadId, file.uploadId), file);
}

/** A lead's file, or undefined. */
export async function readEvidence(from: Table, leadId: string, uploadId: string): Promise<Evidence | undefined> {
  return (await get(from, keyOf(leadId, uploadId)))?.evidence as Evidence | undefined;
}

/** Why a lead's file cannot be put to a contact, or undefined when it is there and what it was declared to be. */
export async function refuseEvidence(from: Table, leadId: string, uploadId: string): Promise<string | undefined> {
  const evidence = await readEvidence(from, leadId, uploadId);
  if (!evidence) return 'this lead has no such upload';
  if (evidence.verdict === 'infected') return 'a virus was found in it';
  const found = await readBeginning(objectOf(leadId, uploadId), BEGINNING);
  return found ? refuse(evidence, found.bytes, found.size) : 'nothing was uploaded yet';
}

/** Notes what a scanner said. */
export const judge = (leadId: string, uploadId: string, verdict: Verdict): Change =>
  update('evidence', keyOf(leadId, uploadId), {
    expression: 'SET #evidence.verdict = :verdict',
    onlyIf: 'attribute_exists(pk)',
    names: { '#evidence': 'evidence' },
    values: { ':verdict': verdict },
  });

/** Where a lead's file is to be had, for five minutes. */
export const addressOf = (leadId: string, { uploadId, name }: Pick<Evidence, 'uploadId' | 'name'>): Promise<string> =>
  addressToGet(objectOf(leadId, uploadId), name);

/** All files that were uploaded for a lead, declared or not, by their keys in the bucket. */
export const filesOf = async (leadId: string): Promise<string[]> =>
  (await listObjects(objectOf(leadId, ''))).map(({ key }) => key);
