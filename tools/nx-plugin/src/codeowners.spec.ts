import { codeowners } from './codeowners';

describe('codeowners', () => {
  it('gives each project to the team of its tag, sorted, and the rest to the platform team', () => {
    const text = codeowners('acme', [
      { root: 'libs/plan', tags: ['type:lib', 'team:platform'] },
      { root: 'libs/domains/flights', tags: ['team:air-operations'] },
      { root: 'libs/none', tags: ['type:lib'] },
      { root: '.', tags: ['team:platform'] },
    ]);

    expect(text.split('\n').slice(1)).toEqual([
      '* @acme/platform',
      '/libs/domains/flights/ @acme/air-operations',
      '/libs/plan/ @acme/platform',
      '',
    ]);
  });
});
