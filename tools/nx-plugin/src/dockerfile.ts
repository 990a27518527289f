import { DockerfileParser, type Copy, type From, type Instruction } from 'dockerfile-ast';

/** What a Dockerfile stands on and takes in. */
export interface Dockerfile {
  /** The images of its FROM lines, each once, without the names of earlier stages. */
  readonly bases: readonly string[];
  /** What its COPY and ADD lines take from the context, each once, as they are written. */
  readonly sources: readonly string[];
  /** The names of its ARG lines, each once. */
  readonly parameters: readonly string[];
}

/** Reads the text of a Dockerfile; paths are relative to the context. Variables in FROM and COPY are not resolved. */
export function readDockerfile(text: string): Dockerfile {
  const dockerfile = DockerfileParser.parse(text);
  const froms = dockerfile.getFROMs();
  const stages = new Set(froms.map((from) => from.getBuildStage()));
  const copies = dockerfile.getInstructions().filter(isCopy);
  const parameters = dockerfile.getInstructions().filter((instruction) => instruction.getKeyword() === 'ARG');
  return {
    bases: unique(froms.map(imageOf).filter((image) => !stages.has(image))),
    sources: unique(copies.flatMap(sourcesOf)),
    parameters: unique(parameters.map((parameter) => parameter.getArgumentsContent()?.replace(/=.*/s, '') ?? '')),
  };
}

function imageOf(from: From): string {
  return from.getImage() ?? '';
}

function isCopy(instruction: Instruction): instruction is Copy {
  return ['COPY', 'ADD'].includes(instruction.getKeyword());
}

function sourcesOf(copy: Copy): readonly string[] {
  if (copy.getFlags().some((flag) => flag.getName() === 'from')) return [];
  return written(copy)
    .slice(0, -1)
    .filter((source) => !source.includes('://'));
}

/** The sources and the destination, in either of the two forms of COPY. */
function written(copy: Copy): readonly string[] {
  const inBrackets = /\[.*\]$/s.exec(copy.getArgumentsContent()?.trim() ?? '');
  if (inBrackets !== null) return JSON.parse(inBrackets[0]) as string[];
  return copy.getArguments().map((argument) => argument.getValue());
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
