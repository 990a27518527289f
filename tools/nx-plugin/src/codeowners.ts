/** A project with its tags, as far as ownership needs it. */
export interface OwnedProject {
  readonly root: string;
  readonly tags: readonly string[];
}

const defaultTeam = 'platform';

/** The text of CODEOWNERS: each project belongs to the team of its tag `team:<name>`, all else to the platform team. */
export function codeowners(organization: string, projects: readonly OwnedProject[]): string {
  const lines = projects.flatMap(({ root, tags }) => {
    const team = tags.find((tag) => tag.startsWith('team:'))?.slice('team:'.length);
    return team === undefined || root === '.' ? [] : [`/${root}/ @${organization}/${team}`];
  });
  return [
    '# Generated from the team tags of the projects by `npx nx sync`. Do not edit.',
    `* @${organization}/${defaultTeam}`,
    ...lines.sort(),
    '',
  ].join('\n');
}
