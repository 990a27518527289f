import { z } from 'zod';
import { isOurs } from '../assets/assetId.js';
import type { Superset } from './openSuperset.js';

/** Who may open the dashboards; the roles are made by the service superset-init. */
const readers = ['Analyst', 'Viewer'];

const rolesAnswer = z.object({ result: z.array(z.object({ id: z.number(), name: z.string() })) });
const dashboardsAnswer = z.object({
  result: z.array(
    z.object({ id: z.number(), uuid: z.string(), roles: z.array(z.object({ id: z.number(), name: z.string() })) }),
  ),
});

/** A page of a list has at most so many entries. */
const pageSize = 100;

/** Opens the dashboards made here to those who may read them; the number of those that were not. Roles given by hand stay. */
export async function openDashboards(superset: Superset): Promise<number> {
  const roles = rolesAnswer.parse(await page(superset, '/api/v1/security/roles/', 0));
  const wanted = roles.result.filter(({ name }) => readers.includes(name));
  let opened = 0;
  for (let number = 0; ; number += 1) {
    const { result } = dashboardsAnswer.parse(await page(superset, '/api/v1/dashboard/', number));
    for (const { id, uuid, roles: present } of result) {
      const missing = wanted.filter((role) => !present.some((other) => other.id === role.id));
      if (!isOurs(uuid) || missing.length === 0) continue;
      const json = { roles: [...present, ...missing].map((role) => role.id) };
      await superset.send({ method: 'PUT', path: `/api/v1/dashboard/${id}`, json });
      opened += 1;
    }
    if (result.length < pageSize) return opened;
  }
}

async function page(superset: Superset, path: string, number: number): Promise<unknown> {
  const response = await superset.send({ method: 'GET', path: `${path}?q=(page:${number},page_size:${pageSize})` });
  return response.json();
}
