import { type Settings } from './settings.js';
import { yamlFile } from './yamlFile.js';

/** Who is told when an incident opens or changes. */
export function notificationsFile({ notify }: Settings): string {
  const addresses = notify.join(',');
  const events = ['opened', 'acknowledged', 'resolved', 'muted'];
  return yamlFile(
    'default_notifications',
    notify.length === 0 ? {} : Object.fromEntries(events.map((event) => [`incident_${event}_addresses`, addresses])),
  );
}
