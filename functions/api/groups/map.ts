import { checkDraft, getTerritories, locatePlace, putTerritories, restoreTerritories } from '../routes/territories.ts';
import { previewTerritories } from '../routes/territory-preview.ts';
import { checkUpload, publishUpload, uploadTerritories } from '../routes/uploads.ts';

/** Territories: drawing, checking, publishing, asking who is where. */
export const map = [
  getTerritories,
  putTerritories,
  uploadTerritories,
  checkUpload,
  publishUpload,
  restoreTerritories,
  checkDraft,
  previewTerritories,
  locatePlace,
] as const;
