const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const precise = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });

/** `336,776`; fractions keep two digits. */
export function formatNumber(value: number): string {
  return Number.isInteger(value) ? grouped.format(value) : precise.format(value);
}

/** `1 row`, `2,000 rows`. */
export function formatCount(value: number, singular: string, plural: string = `${singular}s`): string {
  return `${grouped.format(value)} ${value === 1 ? singular : plural}`;
}

/** `0.4 s`, `12.3 s`, `2 min 05 s`, `1 h 02 min`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 59.95) {
    return `${seconds.toFixed(1)} s`;
  }
  const whole = Math.round(seconds);
  if (whole < 3600) {
    return `${String(Math.floor(whole / 60))} min ${String(whole % 60).padStart(2, '0')} s`;
  }
  const minutes = Math.round(whole / 60);
  return `${String(Math.floor(minutes / 60))} h ${String(minutes % 60).padStart(2, '0')} min`;
}

const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** `812 B`, `4.2 MB`; powers of 1000. */
export function formatBytes(bytes: number): string {
  const exponent = bytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), byteUnits.length - 1);
  const value = bytes / 1000 ** exponent;
  return `${exponent === 0 ? String(value) : value.toFixed(1)} ${byteUnits[exponent] ?? 'B'}`;
}

/** `2026-03-01 12:30` (UTC) of an ISO timestamp; anything else as it is. */
export function formatTimestamp(timestamp: string): string {
  const time = Date.parse(timestamp);
  return Number.isNaN(time) ? timestamp : new Date(time).toISOString().slice(0, 16).replace('T', ' ');
}
