import type { parser } from '@lezer/python';

type SyntaxNode = ReturnType<typeof parser.parse>['topNode'];

export interface FunctionParameter {
  readonly name: string;
  readonly offset: number;
  /** As written, without the colon; null: none. */
  readonly type: string | null;
  /** It has a default, or takes the rest of the arguments. */
  readonly isSpecial: boolean;
}

/** The parameters of a Python function. */
export function parametersOf(list: SyntaxNode, text: string): readonly FunctionParameter[] {
  const parameters: FunctionParameter[] = [];
  let starred = false;
  for (let node = list.firstChild; node; node = node.nextSibling) {
    if (node.name === '*' || node.name === '**') starred = true;
    if (node.name === ',') starred = false;
    if (node.name !== 'VariableName' || node.prevSibling?.name === 'AssignOp') continue;
    const type = node.nextSibling?.name === 'TypeDef' ? node.nextSibling : null;
    const next = type ? type.nextSibling : node.nextSibling;
    parameters.push({
      name: text.slice(node.from, node.to),
      offset: node.from,
      type: type ? text.slice(type.from, type.to).replace(/^:/, '').trim() : null,
      isSpecial: starred || next?.name === 'AssignOp',
    });
  }
  return parameters;
}
