import { JennerError } from '../../../base/errors.ts'
import type { Action } from '../model.ts'

/** SIGKILL to all of it. There is no way back: what was in memory is lost. */
export const kill: Action = {
  id: 'kill',
  title: { en: 'kill (cannot be undone)', ko: '강제 종료(되돌릴 수 없음)' },
  async dryRun({ id, name, pid }) {
    if (pid <= 0) throw new JennerError('response_failed', `${name} is not running`)
    return [`POST /containers/${id}/kill?signal=KILL`]
  },
  async run({ id, name, pid }, _, { docker }) {
    if (pid <= 0) throw new JennerError('response_failed', `${name} is not running`)
    const began = performance.now()
    await docker.call('POST', `/containers/${id}/kill?signal=KILL`)
    return { lines: ['killed'], milliseconds: performance.now() - began }
  },
}
