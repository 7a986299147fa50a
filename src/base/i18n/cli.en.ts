/** What the command line itself says, in English; cli.ko.ts has the same keys. */
export const cliEn = {
  'cli.tagline': 'Jenner: the vaccine for containers',
  'cli.usage': 'Usage:',
  'cli.verb': 'verb',
  'cli.verbs': 'Verbs:',
  'cli.planned': 'Not built yet:',
  'cli.first_steps': 'First steps:',
  'cli.flags': 'flags',
  'cli.flags_title': 'Flags:',
  'cli.arguments': 'Arguments:',
  'cli.unknown_flag': 'unknown flag {name}.',
  'cli.unknown_verb': 'unknown verb {name}.',
  'cli.did_you_mean': 'Did you mean {name}?',
  'cli.missing_argument': '{name} is missing',
  'cli.missing_value': '{name} needs a value',
  'cli.too_many_arguments': 'too many arguments',
} as const
