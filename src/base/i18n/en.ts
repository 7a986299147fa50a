/** Every sentence shown to people, in English. Keys are `<room>.<thing>`; `{name}` is filled in. ko.ts has the same keys, checked by type. */
export const en = {
  'error.usage': 'wrong usage: {detail}',
  'error.not_built_yet': '{detail} is not built yet',
} as const

export type MessageKey = keyof typeof en
