import { Graph, layout } from '@dagrejs/dagre';
import { summarizeChecks } from '../render/checkSummary.js';
import { formatCount, formatNumber } from '../render/format.js';
import { summarizeTables } from '../render/tableSummary.js';
import { html, type Html } from './html.js';
import { lineageGraph, type LineageNode } from './lineageGraph.js';
import type { ReportData } from './reportData.js';

const nodeWidth = 226;
const nodeHeight = 54;

type State = 'passed' | 'warned' | 'failed' | 'plain';

function stateOf(data: ReportData, node: LineageNode): State {
  const own = summarizeChecks(data.checks).filter(({ table }) => table === node.id);
  if (own.some(({ state }) => state === 'failed')) {
    return 'failed';
  }
  if (own.some(({ state }) => state === 'warned')) {
    return 'warned';
  }
  return node.layer === 'silver' || node.layer === 'gold' ? 'passed' : 'plain';
}

function subtitle(data: ReportData, node: LineageNode): string {
  const summary = summarizeTables(data.outcomes).find(({ table }) => table === node.id);
  const held = data.held
    .filter(({ table }) => table === node.id)
    .reduce((sum, { open, waiting }) => sum + open + waiting, 0);
  if (node.layer === 'source') {
    return node.kind;
  }
  if (summary === undefined) {
    return 'not in this run';
  }
  const rows = summary.merged ?? summary.rowsIn;
  return [
    rows === null ? 'no rows' : formatCount(rows, 'row'),
    ...(held === 0 ? [] : [`${formatNumber(held)} held back`]),
    ...(node.layer === 'gold' && data.run.status === 'published' ? ['published'] : []),
  ].join(' · ');
}

function shortened(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

function box(data: ReportData, node: LineageNode, x: number, y: number): Html {
  return html`<g class="node ${node.layer} ${stateOf(data, node)}" transform="translate(${x - nodeWidth / 2} ${y - nodeHeight / 2})">
    <title>${node.id}: ${subtitle(data, node)}</title>
    <rect class="box" width="${nodeWidth}" height="${nodeHeight}" rx="8"></rect>
    <rect class="stripe" width="4" height="${nodeHeight - 16}" x="8" y="8" rx="2"></rect>
    <text class="name" x="22" y="23">${shortened(node.title, 27)}</text>
    <text class="subtitle" x="22" y="41">${shortened(subtitle(data, node), 34)}</text>
  </g>`;
}

function path(points: readonly { readonly x: number; readonly y: number }[]): string {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined) {
    return '';
  }
  const middle = (first.x + last.x) / 2;
  return `M${first.x.toFixed(1)} ${first.y.toFixed(1)}C${middle.toFixed(1)} ${first.y.toFixed(1)} ${middle.toFixed(1)} ${last.y.toFixed(1)} ${last.x.toFixed(1)} ${last.y.toFixed(1)}`;
}

/** The way of the data as a drawing: sources, bronze, silver, gold, each with its state after the run. */
export function renderLineage(data: ReportData): Html {
  const { nodes, edges } = lineageGraph(data.plan, data.domain);
  const graph = new Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 14, ranksep: 52, marginx: 2, marginy: 26 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of nodes) {
    graph.setNode(node.id, { width: nodeWidth, height: nodeHeight });
  }
  for (const { from, to } of edges) {
    graph.setEdge(from, to);
  }
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  const placed = nodes.map((node) => ({ node, ...graph.node(node.id) }));
  const place = new Map(placed.map(({ node, x, y }) => [node.id, { x, y }]));
  const columns = (['source', 'bronze', 'silver', 'gold'] as const).flatMap((layer) => {
    const found = placed.find(({ node }) => node.layer === layer);
    return found === undefined ? [] : [{ layer, x: found.x - nodeWidth / 2 }];
  });
  return html`<div class="card scroll lineage" tabindex="0" role="region" aria-label="Lineage of ${data.domain}">
    <svg viewBox="0 0 ${Math.ceil(width)} ${Math.ceil(height)}" width="${Math.ceil(width)}" height="${Math.ceil(height)}" role="img" aria-label="From ${formatCount(nodes.filter(({ layer }) => layer === 'source').length, 'source')} to ${formatCount(nodes.filter(({ layer }) => layer === 'gold').length, 'gold table')}">
      ${columns.map(({ layer, x }) => html`<text class="column" x="${x}" y="14">${layer === 'source' ? 'sources' : layer}</text>`)}
      ${edges.map(({ from, to }) => {
        const start = place.get(from);
        const end = place.get(to);
        return start === undefined || end === undefined
          ? null
          : html`<path class="edge" d="${path([
              { x: start.x + nodeWidth / 2, y: start.y },
              { x: end.x - nodeWidth / 2, y: end.y },
            ])}"></path>`;
      })}
      ${placed.map(({ node, x, y }) => box(data, node, x, y))}
    </svg>
  </div>
  <p class="legend"><span class="key passed"></span> passed <span class="key warned"></span> warned <span class="key failed"></span> failed <span class="key plain"></span> not judged</p>`;
}
