/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { Chart } from '@lakehouse/plan';
import { BarChart, HeatmapChart, LineChart, ScatterChart } from 'echarts/charts';
import {
  AriaComponent,
  GridComponent,
  LegendComponent,
  TooltipComponent,
  VisualMapComponent,
} from 'echarts/components';
import { init, use, type EChartsType } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';
import { chartOption, type ChartRow } from '../chartOption.js';
import { darkTheme, lightTheme } from '../chartTheme.js';

use([
  ...[BarChart, HeatmapChart, LineChart, ScatterChart, AriaComponent, GridComponent, LegendComponent, TooltipComponent],
  ...[VisualMapComponent, LabelLayout, SVGRenderer],
]);

export interface DrawnChart {
  /** Id of the element to draw in. */
  readonly element: string;
  readonly chart: Chart;
  readonly rows: readonly ChartRow[];
}

/** Draws all charts of the page, and again when its theme or its size changes. */
export function draw(charts: readonly DrawnChart[]): void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const printed = matchMedia('print');
  const instances: { readonly drawn: DrawnChart; readonly instance: EChartsType }[] = [];
  for (const drawn of charts) {
    const element = document.getElementById(drawn.element);
    if (element !== null) {
      instances.push({ drawn, instance: init(element, null, { renderer: 'svg' }) });
    }
  }
  const paint = (): void => {
    const theme = dark.matches && !printed.matches ? darkTheme : lightTheme;
    for (const { drawn, instance } of instances) {
      const option = chartOption(drawn.chart, drawn.rows, theme);
      if (option !== null) {
        instance.setOption(option, { notMerge: true });
      }
    }
  };
  const fit = (): void => {
    for (const { instance } of instances) {
      instance.resize({ animation: { duration: 0 } });
    }
  };
  paint();
  dark.addEventListener('change', paint);
  printed.addEventListener('change', () => {
    paint();
    fit();
  });
  addEventListener('resize', fit);
  addEventListener('beforeprint', fit);
}

/** Shows the tables of the dictionary that hold the words of the search field. */
export function searchDictionary(): void {
  const field = document.getElementById('dictionary-search');
  const entries = document.querySelectorAll<HTMLElement>('[data-search]');
  if (!(field instanceof HTMLInputElement)) {
    return;
  }
  field.hidden = false;
  field.addEventListener('input', () => {
    const words = field.value
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '');
    for (const entry of entries) {
      const text = entry.dataset['search'] ?? '';
      entry.hidden = !words.every((word) => text.includes(word));
      if (entry instanceof HTMLDetailsElement) {
        entry.open = words.length > 0 && !entry.hidden;
      }
    }
  });
}
