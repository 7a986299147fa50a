import type { Action } from '../model.ts'

/** Does nothing but leave a line in the audit log: the first rung of the ladder. */
export const observe: Action = {
  id: 'observe',
  title: { en: 'observe', ko: '관찰' },
  dryRun: async () => ['nothing but a line in the audit log'],
  run: async () => ({ lines: ['observed'] }),
}
