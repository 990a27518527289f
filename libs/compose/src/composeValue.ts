import { type Value } from './service.js';

/** A value as compose interpolates it: https://docs.docker.com/reference/compose-file/interpolation/ */
export function composeValue(value: Value): string {
  if (typeof value === 'string') return value.replaceAll('$', '$$$$');
  return 'fallback' in value ? `\${${value.variable}:-${value.fallback}}` : `\${${value.variable}:?${value.otherwise}}`;
}
