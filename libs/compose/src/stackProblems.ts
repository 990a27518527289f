import { type Service, type Stack } from './service.js';

/** What cannot work in a stack, each as a sentence with what to do; none where all fits together. */
export function stackProblems(stack: Stack): readonly string[] {
  return [
    ...doubles(stack),
    ...stack.services.flatMap((service) => [...unknownNames(service, stack), ...impossibleWaits(service, stack)]),
    ...cycles(stack.services),
  ];
}

function doubles({ services }: Stack): readonly string[] {
  const names = services.map(({ name }) => name);
  const ports = services.flatMap(({ name, ports: published }) =>
    published.map(({ host }) => ({ name, port: host.fallback, variable: host.variable })),
  );
  return [
    ...repeated(names).map((name) => `Two services are called ${name}: rename one.`),
    ...repeated(ports.map(({ port }) => port)).map((port) => {
      const users = ports.filter((published) => published.port === port);
      const who = users.map(({ name, variable }) => `${name} (${variable})`).join(' and ');
      return `${who} are on port ${port} of the host: give one another port.`;
    }),
  ];
}

function unknownNames(service: Service, stack: Stack): readonly string[] {
  const known = new Set([...stack.networks, ...(stack.joined?.networks ?? [])]);
  const volumes = new Set([...stack.volumes, ...(stack.joined?.volumes ?? [])]);
  return [
    ...service.networks
      .filter((network) => !known.has(network))
      .map((network) => `${service.name} is in the network ${network}, which the stack has not: declare it.`),
    ...service.mounts
      .flatMap(({ source }) => (typeof source === 'string' && /^\w/.test(source) ? [source] : []))
      .filter((volume) => !volumes.has(volume))
      .map((volume) => `${service.name} mounts the volume ${volume}, which the stack has not: declare it.`),
  ];
}

function impossibleWaits(service: Service, { services }: Stack): readonly string[] {
  return Object.entries(service.after).flatMap(([name, awaited]) => {
    const other = services.find((candidate) => candidate.name === name);
    if (other === undefined) return [`${service.name} waits for ${name}, which the stack has not.`];
    if (other.profile !== undefined && other.profile !== service.profile) {
      return [`${service.name} waits for ${name}, which only starts in the profile ${other.profile}.`];
    }
    return (awaited === 'completed') === (other.kind === 'task')
      ? []
      : [
          `${service.name} waits until ${name} is ${awaited}, but ${name} is a ${other.kind}: wait for ${other.kind === 'task' ? 'completed' : 'healthy'}.`,
        ];
  });
}

function cycles(services: readonly Service[]): readonly string[] {
  const waits = new Map(services.map(({ name, after }) => [name, Object.keys(after)]));
  const found = new Set<string>();
  const visit = (name: string, path: readonly string[]): void => {
    if (path.includes(name)) {
      const cycle = path.slice(path.indexOf(name));
      const first = cycle.indexOf([...cycle].sort()[0] ?? name);
      const turned = [...cycle.slice(first), ...cycle.slice(0, first)];
      found.add(`${[...turned, turned[0]].join(' waits for ')}: none of them can start first.`);
      return;
    }
    for (const next of waits.get(name) ?? []) visit(next, [...path, name]);
  };
  for (const { name } of services) visit(name, []);
  return [...found];
}

function repeated(values: readonly string[]): readonly string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}
