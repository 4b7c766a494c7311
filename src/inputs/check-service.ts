import {
  canBeService,
  nearestServices,
  nearMisses,
  shapeOf,
  successorOf,
} from '../fivetran/services.ts';
import type { Report } from './fields.ts';

/**
 * Checks a connector type. One that can't be right is reported; one that is only unknown is tried
 * with a warning, because Fivetran adds types every week.
 * @param allowUnknown tries a near miss of a known type as well
 */
export function checkService(
  service: string,
  allowUnknown: boolean,
  report: Report,
  warn: (message: string) => void,
): void {
  if (!service) {
    report(
      'service',
      'is missing.',
      'Name a connector type, for example google_ads, or use connection-id.',
      'bad-service',
    );
    return;
  }
  const successor = successorOf(service);
  if (!successor && shapeOf(service)) return;
  const near = nearestServices(service);
  const suggestion = near.length > 0 ? `Did you mean ${near.join(', ')}?` : '';
  if (!canBeService(service)) {
    report(
      'service',
      "can't be a connector type: those have lower-case letters, digits and underscores only.",
      /[,\n]/.test(service)
        ? 'Name one; use the input requests for several links, or operation: onboard.'
        : suggestion || "Use the name from Fivetran's API documentation, for example google_ads.",
      'bad-service',
    );
  } else if (successor) {
    warn(`service: ${service} is a retired name; use ${successor}. Trying it as it is.`);
  } else if (!allowUnknown && nearMisses(service).length > 0) {
    report(
      'service',
      'looks like a misspelled connector type.',
      `${suggestion} If it is right as it is, set allow-unknown-service: true.`,
      'bad-service',
    );
  } else {
    warn(`service: ${service} is not known to this version. ${suggestion} Trying it as it is.`);
  }
}
