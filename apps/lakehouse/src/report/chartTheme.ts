/** The colours of charts; they agree with report.css. */
export interface ChartTheme {
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly surface: string;
  readonly faint: string;
  readonly palette: readonly string[];
  /** Low to high, one hue. */
  readonly sequential: readonly string[];
  /** Below to above zero. */
  readonly diverging: readonly string[];
}

export const lightTheme: ChartTheme = {
  text: '#1b2430',
  muted: '#566375',
  line: '#e3e7ec',
  surface: '#ffffff',
  faint: '#b6c0cc',
  palette: ['#0e7490', '#d97706', '#6d4fc2', '#be3455', '#4d7c0f', '#2563c9', '#7c6a58'],
  sequential: ['#edf6f8', '#bfe0e7', '#7fbfcd', '#3793a8', '#0e6a83', '#0a4557'],
  diverging: ['#2a6fb0', '#9cc3e4', '#f3f4f2', '#f2b77d', '#c2570c'],
};

export const darkTheme: ChartTheme = {
  text: '#e7ecf2',
  muted: '#9aa8b8',
  line: '#263241',
  surface: '#131b25',
  faint: '#465466',
  palette: ['#3fb6d3', '#f0a53c', '#a58bf0', '#f0728f', '#94c44a', '#6ea4f5', '#bfa88f'],
  sequential: ['#152a35', '#174454', '#1b6479', '#2588a1', '#4bb3cb', '#a3e0ee'],
  diverging: ['#5aa2e6', '#2d577f', '#1d2733', '#8a5527', '#f0963c'],
};
