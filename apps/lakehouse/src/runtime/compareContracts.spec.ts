import { renderContractDiff } from '../render/contractDiff.js';
import { domainTemplate } from '../render/domainTemplate.js';
import { createStyle } from '../render/style.js';
import type { DomainFile } from '../workspace/domainFiles.js';
import { compareContracts } from './compareContracts.js';

const contracts: readonly DomainFile[] = domainTemplate('shop')
  .filter(({ path }) => path.startsWith('contracts/'))
  .map(({ path, text }) => ({ path: `libs/domains/shop/${path}`, text }));

function changed(search: string, replacement: string): readonly DomainFile[] {
  return contracts.map(({ path, text }) => ({ path, text: text.replace(search, replacement) }));
}

function render(after: readonly DomainFile[]): string {
  return renderContractDiff(compareContracts(contracts, after).differences, 'main', createStyle(false));
}

describe('contracts compared', () => {
  it('are the same where nothing changed', () => {
    expect(compareContracts(contracts, contracts)).toEqual({ differences: [], problems: [] });
    expect(render(contracts)).toBe('No contract differs from main.');
  });

  it('ask for a higher version, by table and column', () => {
    const text = render(changed('description: Who ordered.', 'description: Who has ordered.'));
    expect(text).toBe(
      [
        '✗ silver.shop_orders  1.0.0',
        '    documentation  customer  description changed',
        '',
        '1 contract changed since main; 1 version must rise',
      ].join('\n'),
    );
  });

  it('are content where the version rose', () => {
    const after = changed('description: Who ordered.', 'description: Who has ordered.').map(({ path, text }) => ({
      path,
      text: path.includes('silver') ? text.replace('version: 1.0.0', 'version: 1.0.1') : text,
    }));
    const { differences } = compareContracts(contracts, after);
    expect(differences).toHaveLength(1);
    expect(differences[0]).toMatchObject({ versionBefore: '1.0.0', versionAfter: '1.0.1', problem: null });
    expect(render(after)).toContain('✓ silver.shop_orders  1.0.0 → 1.0.1');
  });

  it('name new and removed tables', () => {
    const gold = contracts.filter(({ path }) => path.includes('gold'));
    expect(render(gold)).toContain('✗ silver.shop_orders  1.0.0, removed');
    const { differences } = compareContracts(gold, contracts);
    expect(renderContractDiff(differences, 'main', createStyle(false))).toContain('✓ silver.shop_orders  new, 1.0.0');
  });

  it('cannot be compared where a file is broken now', () => {
    const { differences, problems } = compareContracts(
      contracts,
      changed('kind: DataContract', 'kind: Data: Contract'),
    );
    expect(differences).toEqual([]);
    expect(problems.length).toBeGreaterThan(0);
  });
});
