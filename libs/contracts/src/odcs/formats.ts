import { z } from 'zod';

const letters = "[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2}";
const uriPattern = new RegExp(
  `^[A-Za-z][A-Za-z0-9+.-]*:(?://(?:(?:${letters}|:)*@)?(?:${letters})*(?::[0-9]*)?(?:/(?:${letters}|[:@])*)*` +
    `|/?(?:${letters}|[:@])+(?:/(?:${letters}|[:@])*)*)(?:\\?(?:${letters}|[:@/?])*)?(?:#(?:${letters}|[:@/?])*)?$`,
);
const datePattern = /^(\d{4})-(\d{2})-(\d{2})$/;
const timePattern = /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

function isDate(text: string): boolean {
  const [, year, month, day] = (datePattern.exec(text) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined) return false;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return day >= 1 && day <= (days[month - 1] ?? 0);
}

/** RFC 3986, without IPv6 literals. */
export const uri = z.string().regex(uriPattern, 'a URI such as `s3://bucket/path`');
/** RFC 3339 full-date. */
export const date = z.string().refine(isDate, 'a date such as `2026-01-31`');
/** RFC 3339 date-time, without leap seconds. */
export const dateTime = z.string().refine((text) => {
  const [day, time, ...rest] = text.split(/[Tt ]/);
  return rest.length === 0 && isDate(day ?? '') && timePattern.test(time ?? '');
}, 'a point in time such as `2026-01-31T12:00:00Z`');
