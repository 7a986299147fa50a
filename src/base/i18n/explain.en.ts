/** What the verb `explain` says, in English; explain.ko.ts has the same keys. */
export const explainEn = {
  'explain.unknown_id': 'The advisory database has no record of this id.',
  'explain.no_package': 'The advisory database knows it, but no record of it speaks of a package in this target.',
  'explain.incomplete': 'Not (fully) looked at',
  'explain.reported': 'reported',
  'explain.vulnerable': 'vulnerable',
  'explain.not_vulnerable': 'not vulnerable by its version',
  'explain.unknown': 'cannot be told: the version does not compare',
  'explain.not_affected': 'not affected, says the vendor',
  'explain.owned_by_os_package': 'left to the OS package that owns the file',
  'explain.ignored': 'ignored by a decision of yours',
  'explain.vex': 'ruled out by a VEX document',
  'explain.unfixed': 'left out: no fix (--ignore-unfixed)',
  'explain.severity': 'left out by --severity',
} as const
