/** The environment for docker-compose: the env file says what the stack is made of, so no variable of this shell may say otherwise. */
export function composeEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | undefined>> {
  const own = /^(COMPOSE_|LAKEHOUSE_)/;
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !own.test(name)));
}
