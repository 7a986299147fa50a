/** Falco's priorities, the worst first: of rules, alerts, incidents and what is sent about them. */
export const priorities = [
  'Emergency',
  'Alert',
  'Critical',
  'Error',
  'Warning',
  'Notice',
  'Informational',
  'Debug',
] as const
export type Priority = (typeof priorities)[number]

/** The place of a priority among them, 0 the worst; one that is not theirs is the least. */
export function priorityNumber(priority: string): number {
  const at = priorities.indexOf(priority as Priority)
  return at < 0 ? priorities.length - 1 : at
}
