import type { Column, Table } from '@lakehouse/plan';
import { formatCount } from '../render/format.js';
import { html, type Html } from './html.js';
import type { ReportData } from './reportData.js';

function rulesOf(table: Table): readonly { readonly column: string | null; readonly text: string }[] {
  const rows = table.layer === 'silver' ? table.rowRules : [];
  return [
    ...rows
      .filter((rule) => rule.kind !== 'type' && !rule.id.endsWith('/required'))
      .map(({ column, description }) => ({ column, text: description })),
    ...table.checks
      .filter(({ id }) => !id.endsWith('/required'))
      .map(({ column, description, severity }) => ({
        column,
        text: severity === 'warning' ? `${description} (warning)` : description,
      })),
  ];
}

function columnRow(table: Table, column: Column): Html {
  const position = table.key.indexOf(column.name);
  const rules = rulesOf(table).filter((rule) => rule.column === column.name);
  return html`<tr>
    <th scope="row">
      <code>${column.name}</code>
      ${position < 0 ? null : html`<span class="badge key-badge" title="part ${position + 1} of the primary key">key</span>`}
    </th>
    <td><code>${column.type}</code>${column.nullable ? null : html`<br /><small>required</small>`}</td>
    <td>
      ${column.description}
      ${column.examples.length === 0 ? null : html`<br /><small>such as ${column.examples.slice(0, 3).join(', ')}</small>`}
    </td>
    <td>${rules.map(({ text }) => html`<span class="rule">${text}</span>`)}</td>
    <td>
      ${column.classification === null ? null : html`<span class="badge">${column.classification}</span>`}
      ${column.tags.map((tag) => html` <span class="badge">${tag}</span>`)}
    </td>
  </tr>`;
}

function entry(data: ReportData, table: Table): Html {
  const words = [
    table.name,
    table.description,
    ...table.columns.flatMap(({ name, description }) => [name, description]),
  ];
  const owners = data.plan.domains.find(({ name }) => name === table.domain)?.owners ?? [];
  const tableRules = rulesOf(table).filter(({ column }) => column === null);
  return html`<details class="card dictionary" data-search="${words.join(' ').toLowerCase()}">
    <summary>
      <span class="badge layer-${table.layer}">${table.layer}</span>
      <strong>${table.name.replace(/^[^.]+\./, '')}</strong>
      <span class="quiet">${table.description}</span>
      <span class="count">${formatCount(table.columns.length, 'column')}</span>
    </summary>
    <dl class="facts">
      <div><dt>contract</dt><dd>${table.contract.name} ${table.contract.version}, ${table.contract.status}</dd></div>
      <div><dt>file</dt><dd><code>${table.contract.file}</code></dd></div>
      <div><dt>team</dt><dd>${table.team}${owners.length === 0 ? '' : ` (${owners.join(', ')})`}</dd></div>
      <div><dt>primary key</dt><dd><code>${table.key.length === 0 ? 'none' : table.key.join(', ')}</code></dd></div>
      <div><dt>reads from</dt><dd><code>${table.layer === 'gold' ? table.inputs.join(', ') : table.origin}</code></dd></div>
      ${
        table.retention === null
          ? null
          : html`<div><dt>retention</dt><dd>${table.retention.days} days by ${table.retention.column}</dd></div>`
      }
    </dl>
    ${
      tableRules.length === 0
        ? null
        : html`<h4>Rules of the table</h4><ul class="rules">${tableRules.map(({ text }) => html`<li>${text}</li>`)}</ul>`
    }
    <div class="scroll">
      <table>
        <thead>
          <tr><th scope="col">column</th><th scope="col">type</th><th scope="col">meaning</th><th scope="col">rules</th><th scope="col">class</th></tr>
        </thead>
        <tbody>${table.columns.map((column) => columnRow(table, column))}</tbody>
      </table>
    </div>
  </details>`;
}

/** Every table of the domain as its contract describes it, gold first. */
export function renderDictionary(data: ReportData): Html {
  const own = data.plan.tables.filter(({ domain }) => domain === data.domain);
  const tables = [...own.filter(({ layer }) => layer === 'gold'), ...own.filter(({ layer }) => layer === 'silver')];
  return html`<input id="dictionary-search" type="search" placeholder="Search tables and columns" aria-label="Search tables and columns" hidden />
    ${tables.map((table) => entry(data, table))}`;
}
