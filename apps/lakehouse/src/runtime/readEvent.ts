import { eventSchema, type Event } from '@lakehouse/plan';

/** The event of one line of the runtime's output; null where the line is none. */
export function readEvent(line: string): Event | null {
  if (!line.startsWith('{')) {
    return null;
  }
  try {
    const parsed = eventSchema.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
