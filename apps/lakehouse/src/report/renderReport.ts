import type { ReportAssets } from '../workspace/reportAssets.js';
import { renderConservation } from './conservation.js';
import { placeCharts, renderDashboards } from './dashboards.js';
import { renderDictionary } from './dictionary.js';
import { html, scriptJson, trusted, type Html } from './html.js';
import { renderLineage } from './lineage.js';
import { renderMasthead } from './masthead.js';
import { renderQuarantine } from './quarantine.js';
import type { ReportData } from './reportData.js';
import { renderRunFacts } from './runFacts.js';
import { renderScorecard } from './scorecard.js';

interface Section {
  readonly id: string;
  readonly title: string;
  readonly lead: string;
  readonly content: Html;
}

function sectionsOf(data: ReportData, dashboards: Html | null): readonly Section[] {
  return [
    ...(dashboards === null ? [] : [{ id: 'dashboards', title: 'Dashboards', lead: '', content: dashboards }]),
    {
      id: 'quality',
      title: 'Quality',
      lead: 'What the contracts promise, and what was found. Gold changes only where no check of severity error failed.',
      content: renderScorecard(data),
    },
    {
      id: 'quarantine',
      title: 'Quarantine',
      lead: 'Rows that broke a rule of their contract. They are kept with the rule, and are merged once they are mended.',
      content: renderQuarantine(data),
    },
    {
      id: 'rows',
      title: 'Where every row went',
      lead: 'Nothing is lost and nothing is counted twice: the rows read are the sum of what became of them.',
      content: renderConservation(data),
    },
    {
      id: 'lineage',
      title: 'Lineage',
      lead: 'The way of the data from its sources to gold.',
      content: renderLineage(data),
    },
    {
      id: 'dictionary',
      title: 'Data dictionary',
      lead: 'Every table as its contract describes it.',
      content: renderDictionary(data),
    },
    { id: 'run', title: 'The run', lead: '', content: renderRunFacts(data) },
  ];
}

function renderSection({ id, title, lead, content }: Section): Html {
  return html`<section id="${id}" aria-labelledby="${id}-title">
    <h2 id="${id}-title">${title}</h2>
    ${lead === '' ? null : html`<p class="lead">${lead}</p>`} ${content}
  </section>`;
}

/** The whole report as one HTML file that needs nothing else. */
export function renderReport(data: ReportData, assets: ReportAssets): string {
  const placed = placeCharts(data);
  const sections = sectionsOf(data, placed.length === 0 ? null : renderDashboards(data, placed));
  const drawn = placed.filter(({ chart }) => chart.kind !== 'big_number_total' && chart.kind !== 'table');
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="color-scheme" content="light dark" />
<title>${data.domain} · DQOps Lakehouse</title>
<style>@font-face{font-family:'Inter Variable';font-weight:100 900;font-display:swap;src:url(data:font/woff2;base64,${trusted(assets.font)}) format('woff2')}
${trusted(assets.styles)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
${renderMasthead(data)}
<nav aria-label="Sections"><ul>${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
<main id="main">${sections.map(renderSection)}</main>
<footer>Written ${data.generatedAt.slice(0, 16).replace('T', ' ')} UTC by DQOps Lakehouse ${data.version}. This file holds everything it shows and loads nothing.</footer>
<script>${trusted(assets.script.replaceAll('</script', '<\\/script'))}</script>
<script>lakehouseReport.searchDictionary();lakehouseReport.draw(${scriptJson(drawn)});</script>
</body>
</html>
`;
  return page.markup;
}
