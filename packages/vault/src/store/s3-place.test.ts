import { expect, test } from 'vitest';
import { parseStorePlace } from './s3-place.js';

test('a store is a folder, or a bucket with a prefix, an endpoint and a region', () => {
  expect(parseStorePlace('vault', '/srv')).toEqual({ kind: 'folder', folder: '/srv/vault' });
  expect(parseStorePlace('/mnt/objects', '/srv')).toEqual({ kind: 'folder', folder: '/mnt/objects' });
  expect(parseStorePlace('s3://evidence', '/')).toEqual({
    kind: 's3',
    bucket: 'evidence',
    prefix: '',
    region: 'us-east-1',
  });
  expect(parseStorePlace('s3://evidence/a/b/?endpoint=https://rgw.example:7480&region=x', '/')).toEqual({
    kind: 's3',
    bucket: 'evidence',
    prefix: 'a/b/',
    endpoint: 'https://rgw.example:7480',
    region: 'x',
  });
});

test.each([
  's3://',
  's3://key:secret@bucket',
  's3://bucket?endpoint=rgw',
  's3://bucket?endpoint=ftp://rgw',
  's3://bucket?secret=x',
  'https://bucket',
])('%s is refused without repeating it', (text) => {
  const parsing = () => parseStorePlace(text, '/');
  expect(parsing).toThrow(expect.objectContaining({ code: 'place-unusable' }));
  expect(parsing).not.toThrow(/secret@/);
});
