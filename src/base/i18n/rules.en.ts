/** What the verb `rules` says, in English; rules.ko.ts has the same keys. */
export const rulesEn = {
  'rules.validate': 'check rule files in Falco’s format; exit 4 when one does not load',
  'rules.list': 'list the rules of files, or our own',
  'rules.test': 'judge recorded events by the rules of files',
  'rules.against': 'events, one JSON object a line: Falco field names to values, or alerts in Falco’s JSON form',
  'rules.exception': 'exceptions to try, in Falco’s format: `- rule:` with `exceptions:`',
  'rules.source': 'what the events are: syscall or k8s_audit (JSON audit events)',
  'rules.hidden': '{hidden} hidden by the exceptions, {left} left',
  'rules.valid': '{files} {files:file loads|files load}, {warnings} {warnings:warning|warnings}.',
  'rules.invalid':
    '{errors} {errors:error|errors}, {warnings} {warnings:warning|warnings} in {files} {files:file|files}.',
  'rules.count': '{count} {count:rule|rules}',
  'rules.tested':
    '{events} {events:event|events} judged, {rules} {rules:rule|rules} fired, {unreadable} {unreadable:line|lines} could not be read.',
} as const
