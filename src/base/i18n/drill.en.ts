/** What the verb `drill` says, in English; drill.ko.ts has the same keys. */
export const drillEn = {
  'drill.list': 'list the scenarios and run none',
  'drill.image': 'run in containers of this local image instead of one made from this machine’s own programs',
  'drill.keep': 'leave the containers and the image behind',
  'drill.unknown': 'no scenario {name}; jenner drill --list shows them',
  'drill.needsRoot': 'the sensor needs root',
  'drill.noImage': 'image {image}: {reason}',
  'drill.losses': 'not seen on this kernel: {what} ({why})',
  'drill.running': '{done} of {of}: {title}',
  'drill.detected': 'detected',
  'drill.missed': 'MISSED',
  'drill.noisy': 'TWIN ALERTED',
  'drill.unblocked': 'NOT BLOCKED',
  'drill.notRun': 'not run',
  'drill.blocked': 'blocked',
  'drill.left': 'left behind',
  'drill.lacks': 'the image has no {tool}',
  'drill.interrupted': 'interrupted',
  'drill.summary':
    '{detected} of {of} detected, {missed} missed, {noisy} {noisy:twin|twins} alerted, {notRun} not run.',
  'drill.median': 'Median {median} ms from the act to the alert, slowest {slowest} ms.',
} as const
