/**
 * The part of dagre that is used here. Its own declarations import without file extensions, which TypeScript cannot
 * resolve for ES modules.
 */
declare module '@dagrejs/dagre' {
  export class Graph {
    setGraph(label: { rankdir: 'LR'; nodesep: number; ranksep: number; marginx: number; marginy: number }): this;
    setDefaultEdgeLabel(label: () => object): this;
    setNode(id: string, label: { width: number; height: number }): this;
    setEdge(from: string, to: string): this;
    /** After `layout`: the size of the drawing. */
    graph(): { width?: number; height?: number };
    /** After `layout`: the middle of a node. */
    node(id: string): { x: number; y: number };
  }
  export function layout(graph: Graph): void;
}
