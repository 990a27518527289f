import { composeCommand } from '../platform/composeClient.js';
import { composeEnvironment } from '../platform/composeEnvironment.js';
import { writeConnections } from '../platform/connectionsFile.js';
import { installationOf, isPlatform } from '../platform/installation.js';
import { readConnections } from '../workspace/connections.js';
import { type Workspace } from '../workspace/workspace.js';

export interface Invocation {
  readonly verb: string;
  readonly arguments: readonly string[];
  /** The plan that the verb works with. */
  readonly planFile: string;
  /** Connections and the like that this call adds to the environment. */
  readonly environment?: Readonly<Record<string, string>>;
}

export interface ChildCommand {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Where the runner's container sees the plan. */
const mountedPlan = '/plan.json';

/** How the runtime is started: as a child on this machine, or in a container of the platform where the home has one. */
export async function runtimeCommand(workspace: Workspace, invocation: Invocation): Promise<ChildCommand> {
  const installation = installationOf(workspace);
  const { environment, home, python, root } = workspace;
  if (isPlatform(installation)) {
    await writeConnections(installation, { ...environment, ...invocation.environment });
    return {
      ...composeCommand(installation, environment, [
        ...['run', '--rm', '--no-deps', '-T', '--volume', `${invocation.planFile}:${mountedPlan}:ro`],
        ...['pipeline-runner', invocation.verb, '--plan', mountedPlan, ...invocation.arguments],
      ]),
      environment: composeEnvironment(environment),
    };
  }
  return {
    command: python,
    arguments: [
      ...['-m', 'lakehouse_pipeline', invocation.verb],
      ...['--plan', invocation.planFile, '--home', home, ...invocation.arguments],
    ],
    environment: {
      ...environment,
      ...(await readConnections(root, { ...environment, ...invocation.environment })),
      ...invocation.environment,
      PYTHONUNBUFFERED: '1',
    },
  };
}
