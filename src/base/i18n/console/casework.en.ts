/** Evidence, who looks at an incident, what changed in a decision, schedules of reports. */
export const caseworkEn = {
  'timeline.evidence': 'Evidence',
  'keep.evidence': 'Evidence',
} as const
