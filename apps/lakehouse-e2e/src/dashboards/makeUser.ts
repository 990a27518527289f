import { listed, type SupersetApi } from './supersetApi.js';

/** Makes a user of a role, as an admin does. */
export async function makeUser(admin: SupersetApi, role: string, password: string): Promise<string> {
  const roles = await listed<{ id: number; name: string }>(admin, '/security/roles/');
  const found = roles.find(({ name }) => name === role);
  if (found === undefined) throw new Error(`Superset has no role ${role}.`);
  const username = `a-${role.toLowerCase()}`;
  const { status, body } = await admin.post('/security/users/', {
    username,
    password,
    first_name: 'A',
    last_name: role,
    email: `${username}@example.org`,
    active: true,
    roles: [found.id],
  });
  if (status !== 201) throw new Error(`The user ${username} was not made: ${status} ${JSON.stringify(body)}`);
  return username;
}
