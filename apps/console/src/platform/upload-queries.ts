import type { ListsBody } from '@tutela/platform-desk/api';
import { read, request } from '../app/api.js';

export const listsQuery = {
  queryKey: ['platform', 'lists'],
  queryFn: ({ signal }: { readonly signal: AbortSignal }) => read<ListsBody>('/platform/lists', { signal }),
};

export interface UploadAsked {
  readonly account: string;
  readonly list: string;
  readonly ip: string;
  readonly port: string;
  /** RFC 3339. */
  readonly uploadedAt: string;
  readonly file: File;
}

export interface UploadAnswer {
  readonly outcome: 'exact' | 'near' | 'none' | 'undecided';
}

/** As a service sends it: fields before the file. */
export const sendUpload = async ({ file, ...fields }: UploadAsked): Promise<UploadAnswer> => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) if (value !== '') form.append(name, value);
  form.append('file', file, file.name);
  return (await request('/platform/uploads', {}, { method: 'POST', body: form })).json() as Promise<UploadAnswer>;
};
