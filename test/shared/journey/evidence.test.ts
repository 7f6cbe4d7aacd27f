import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { declared, refuse } from '../../../shared/journey/evidence/evidence.ts';

const text = (words: string) => new TextEncoder().encode(words);
const pdf = text('%PDF-1.7\n1 0 obj\n<< >>\nendobj\n');
const windows = Uint8Array.from([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0, ...new Array(200).fill(0)]);
const linux = Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, ...new Array(200).fill(0)]);
const why = (type: string, bytes: Uint8Array, size = bytes.length) =>
  refuse({ name: 'x', type, bytes: bytes.length }, bytes, size);

describe('a file that proves a contact', () => {
  it('is of a type that is taken, named as such files are, and no larger than is taken', () => {
    const wrong = (but: object) =>
      declared.safeParse({ name: 'minutes.pdf', type: 'application/pdf', bytes: 100, ...but }).error?.issues[0]
        ?.path[0];
    expect(wrong({})).toBeUndefined();
    expect(wrong({ name: '会议纪要.PDF' })).toBeUndefined();
    expect(wrong({ name: 'minutes.exe' })).toBe('name');
    expect(wrong({ name: '../minutes.pdf' })).toBe('name');
    expect(wrong({ type: 'application/x-msdownload' })).toBe('type');
    expect(wrong({ bytes: 21 * 1024 * 1024 })).toBe('bytes');
  });

  it('is what it was declared to be, by its own bytes', async () => {
    expect(await why('application/pdf', pdf)).toBeUndefined();
    expect(await why('application/pdf', pdf, pdf.length + 1)).toMatch(/bytes/);
    expect(await why('image/png', pdf)).toMatch(/is application\/pdf/);
    expect(await why('text/plain', text('会议纪要:下周报价'))).toBeUndefined();
    expect(await why('text/csv', text('a,b\n1,2\n'))).toBeUndefined();
  });

  it('may be an office file that only shows to be an archive, but no other archive may', async () => {
    const zip = Uint8Array.from([0x50, 0x4b, 3, 4, 20, 0, 0, 0, 0, 0, ...new Array(40).fill(0)]);
    const office = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    expect(await why(office, zip)).toBeUndefined();
    expect(await why(office, pdf)).toMatch(/is application\/pdf/);
    expect(await why(office, text('a,b'))).toMatch(/of no known type/);
    expect(await why('application/pdf', zip)).toMatch(/is application\/zip/);
    expect(await why('text/plain', pdf)).toMatch(/is application\/pdf, not text\/plain/);
  });

  it('of text is looked at where it begins, behind all that is blank', async () => {
    expect(await why('text/plain', text('  \n\t<script>alert(1)</script>'))).toMatch(/a program/);
    expect(await why('text/plain', text('see <script> in the notes'))).toBeUndefined();
    expect(await why('text/plain', text('x#!/bin/sh'))).toBeUndefined();
  });

  it('may end in either way that its type does', () => {
    const ends = (name: string) => declared.safeParse({ name, type: 'image/jpeg', bytes: 1 }).success;
    expect(['a.jpg', 'a.jpeg', 'a.JPG', 'jpg', 'a.png'].map(ends)).toEqual([true, true, true, false, false]);
  });

  it('is no program, whatever it is called', async () => {
    for (const type of ['application/pdf', 'text/plain', 'image/png']) {
      expect(await why(type, windows)).toBeDefined();
      expect(await why(type, linux)).toBeDefined();
    }
    for (const script of ['#!/bin/sh\nrm -rf /', '\uFEFF<script>alert(1)</script>', '<?php 1;', '<!DOCTYPE html>'])
      expect(await why('text/plain', text(script))).toBeDefined();
    expect(await why('text/plain', deflateSync(text('x'.repeat(100))))).toBeDefined();
  });
});
