import { Failure } from '../failure.js';
import { shopPlan } from '../plan.fixture.js';
import { domainOrder } from './domainOrder.js';

const [silver, gold] = shopPlan.tables;
const [shop] = shopPlan.domains;

function twoDomains(): typeof shopPlan {
  if (silver === undefined || gold === undefined || shop === undefined) {
    throw new Error('the fixture has two tables and a domain');
  }
  return {
    ...shopPlan,
    domains: [
      { ...shop, name: 'analysis' },
      { ...shop, name: 'shop' },
    ],
    tables: [silver, { ...gold, domain: 'analysis' }],
  };
}

describe('the order of domains', () => {
  it('puts each after those that it reads from', () => {
    expect(domainOrder(twoDomains(), null)).toEqual(['shop', 'analysis']);
    expect(domainOrder(twoDomains(), ['analysis', 'shop'])).toEqual(['shop', 'analysis']);
    expect(domainOrder(twoDomains(), ['analysis'])).toEqual(['analysis']);
  });

  it('refuses an unknown domain and names the known ones', () => {
    expect(() => domainOrder(twoDomains(), ['shopp'])).toThrow(Failure);
    try {
      domainOrder(twoDomains(), ['shopp']);
    } catch (error) {
      expect(error).toMatchObject({ code: 'LH3028', subject: 'shopp', exit: 2, fix: 'Choose from: analysis, shop.' });
    }
  });
});
