import type { CatalogEntry } from './catalog.js';
import type { Domain } from './readWorkspace.js';

/** The contracts with errors of all domains, in the form of the catalog, which does not hold them. */
export function draftsOf(domains: readonly Domain[]): readonly CatalogEntry[] {
  return domains.flatMap((domain) => domain.drafts.map((contract) => ({ contract, domain })));
}
