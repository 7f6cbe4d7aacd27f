import { errors, jwtVerify, SignJWT } from 'jose';

/** When customers are asked: when the deal is won, or once what they bought was delivered. */
export const surveyPoints = ['won', 'delivered'] as const;
export type SurveyPoint = (typeof surveyPoints)[number];

/** What a survey's link opens. */
export interface SurveyAccess {
  leadId: string;
  point: SurveyPoint;
}

const AUDIENCE = 'survey';
const ALGORITHM = 'HS256';
const DAY = 24 * 3600 * 1000;
const DAYS = 30;

const bytes = (key: string): Uint8Array => new TextEncoder().encode(key);

/** A link's token: whoever holds it may answer, once, for thirty days from `at`. */
export async function surveyToken(
  { leadId, point }: SurveyAccess,
  key: string,
  at: Date,
): Promise<{ token: string; expiresAt: Date }> {
  const expiresAt = new Date(Math.floor((at.getTime() + DAYS * DAY) / 1000) * 1000);
  const token = await new SignJWT({ point })
    .setProtectedHeader({ alg: ALGORITHM })
    .setSubject(leadId)
    .setAudience(AUDIENCE)
    .setExpirationTime(expiresAt)
    .sign(bytes(key));
  return { token, expiresAt };
}

/** What a token opens at `at`, or why nothing. */
export async function readSurveyToken(
  token: string,
  key: string,
  at: Date,
): Promise<SurveyAccess | 'expired' | 'invalid'> {
  try {
    const { payload } = await jwtVerify(token, bytes(key), {
      algorithms: [ALGORITHM],
      audience: AUDIENCE,
      currentDate: at,
      requiredClaims: ['sub', 'exp'],
    });
    const point = surveyPoints.find((each) => each === payload.point);
    return point ? { leadId: payload.sub ?? '', point } : 'invalid';
  } catch (error) {
    if (error instanceof errors.JWTExpired) return 'expired';
    if (error instanceof errors.JOSEError) return 'invalid';
    throw error;
  }
}
