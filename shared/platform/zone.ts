import * as z from 'zod';
import { environment } from './environment.ts';

/** The company's time zone by its IANA name (TIME_ZONE), in which its days begin and end. */
export const companyZone = (): string =>
  environment({ TIME_ZONE: z.string().min(1).default('Asia/Shanghai') }).TIME_ZONE;
