import { TransactionCanceledException, TransactionConflictException } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { absent, Conflict, commit, commitOnce, commitOne, isRefused, put } from '../../../shared/platform/commit.ts';
import type { Table } from '../../../shared/platform/table.ts';

const client = mockClient(DynamoDBDocumentClient);
const table = { name: 'table', client: client as unknown as DynamoDBDocumentClient } as Table;
const change = (about: string) => put(about, { pk: about, sk: about }, absent);
const changes = [change('lead'), change('rep')];

const canceled = (...codes: string[]) =>
  new TransactionCanceledException({
    $metadata: {},
    message: 'canceled',
    CancellationReasons: codes.map((Code) => ({ Code })),
  });
const outcome = (work: Promise<void>): Promise<unknown> => work.then(() => 'written').catch((error: unknown) => error);
const tries = () => client.commandCalls(TransactWriteCommand).length;

beforeEach(() => client.reset());

describe('a transaction', () => {
  it('that meets another on the same item is tried again, and written', async () => {
    client.on(TransactWriteCommand).rejectsOnce(canceled('None', 'TransactionConflict')).resolves({});
    expect(await outcome(commit(table, changes))).toBe('written');
    expect(tries()).toBe(2);
  });

  it('that meets others at every try is a conflict, of which it is not known whether a condition held', async () => {
    client.on(TransactWriteCommand).rejects(canceled('None', 'TransactionConflict'));
    const error = await outcome(commit(table, changes));
    expect(error).toBeInstanceOf(Conflict);
    expect(error).toMatchObject({ about: ['rep'] });
    expect(isRefused(error)).toBe(false);
  });

  it('whose condition does not hold is refused at once, whatever else was busy', async () => {
    client.on(TransactWriteCommand).rejects(canceled('ConditionalCheckFailed', 'TransactionConflict'));
    const error = await outcome(commit(table, changes));
    expect(isRefused(error)).toBe(true);
    expect(error).toMatchObject({ about: ['lead'] });
    expect(tries()).toBe(1);
  });

  it('that is to be made once never takes others’ writing for its own', async () => {
    client.on(TransactWriteCommand).rejects(canceled('TransactionConflict', 'None'));
    expect(await outcome(commitOnce(table, changes))).toBeInstanceOf(Conflict);
    client.reset();
    client.on(TransactWriteCommand).rejects(canceled('ConditionalCheckFailed', 'None'));
    expect(await outcome(commitOnce(table, changes))).toBe('written');
  });
});

describe('a single write', () => {
  it('is a plain one, at half the price of a transaction, also where several could be', async () => {
    client.on(PutCommand).resolves({});
    expect(await outcome(commit(table, [change('lead')]))).toBe('written');
    expect(client.commandCalls(PutCommand)).toHaveLength(1);
    expect(tries()).toBe(0);
  });

  it('that meets transactions at every try is a conflict, of which it is not known whether its condition held', async () => {
    client.on(PutCommand).rejects(new TransactionConflictException({ $metadata: {}, message: 'held' }));
    const error = await outcome(commit(table, [change('lead')]));
    expect(error).toBeInstanceOf(Conflict);
    expect(isRefused(error)).toBe(false);
  });

  it('that meets a transaction on its item is tried again', async () => {
    const held = new TransactionConflictException({ $metadata: {}, message: 'held' });
    client.on(PutCommand).rejectsOnce(held).resolves({});
    expect(await outcome(commitOne(table, change('lead')))).toBe('written');
    expect(client.commandCalls(PutCommand)).toHaveLength(2);
  });
});
