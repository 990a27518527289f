import { flightsPlan } from '../userHome/flights.fixture.js';
import { readAppliedPlan } from './readAppliedPlan.js';

const pointer = JSON.stringify({ hash: 'x', path: 'plans/x.json', appliedAt: '2026-11-23T00:00:00Z' });

function bucket(objects: Readonly<Record<string, string>>): (path: string) => Promise<string | null> {
  return (path) => Promise.resolve(objects[path] ?? null);
}

describe('readAppliedPlan', () => {
  it('follows the pointer', async () => {
    const plan = await flightsPlan();
    const read = bucket({ 'plans/current.json': pointer, 'plans/x.json': JSON.stringify(plan) });
    expect(await readAppliedPlan(read)).toEqual(plan);
  });

  it('knows that none was applied yet', async () => {
    expect(await readAppliedPlan(bucket({}))).toBeNull();
  });

  it.each([
    ['a pointer that is none', { 'plans/current.json': '{' }, 'ops/plans/current.json'],
    ['a pointer to nothing', { 'plans/current.json': pointer }, 'ops/plans/x.json'],
    [
      'a plan of another version',
      { 'plans/current.json': pointer, 'plans/x.json': '{"version":0}' },
      'ops/plans/x.json',
    ],
  ])('refuses %s', async (_, objects, subject) => {
    await expect(readAppliedPlan(bucket(objects))).rejects.toMatchObject({ code: 'LH4402', subject });
  });

  it('says so where the store does not answer', async () => {
    const down = (): Promise<null> => Promise.reject(new Error('connect ECONNREFUSED'));
    await expect(readAppliedPlan(down)).rejects.toMatchObject({
      code: 'LH4402',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });
});
