/** What the verb `watch` says, in English; watch.ko.ts has the same keys. */
export const watchEn = {
  'watch.rules': 'rule files in Falco’s format (default: our own library)',
  'watch.host': 'watch processes of the host too, not of containers alone',
  'watch.started': 'Watching {where} with {rules} rules. Ctrl-C ends it.',
  'watch.containers': 'containers',
  'watch.everything': 'containers and the host',
  'watch.probe': 'Not seen here: {what}: {why}',
  'watch.fault': 'An event of type {type} could not be judged: {reason}',
  'watch.held': '{count} more alerts of “{rule}” on {workload} held back',
  'watch.ended':
    '{judged} events judged, {filtered} filtered in the kernel, {lost} lost; {alerts} alerts in {incidents} incidents, {held} held back.',
  'watch.needsRoot': 'watching the kernel needs root',
  'watch.noRules': 'no rule for system calls in these files',
} as const
