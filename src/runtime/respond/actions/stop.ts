import { JennerError } from '../../../base/errors.ts'
import type { Action } from '../model.ts'

const grace = 10

/** SIGTERM, and SIGKILL ten seconds later. Undone by a start, unless the container is removed as it stops. */
export const stop: Action = {
  id: 'stop',
  title: { en: 'stop', ko: '중지' },
  async dryRun({ id, name, pid }) {
    if (pid <= 0) throw new JennerError('response_failed', `${name} is not running`)
    return [`POST /containers/${id}/stop?t=${grace}`]
  },
  async run({ id, name, pid, autoRemove }, _, { docker }) {
    if (pid <= 0) throw new JennerError('response_failed', `${name} is not running`)
    const began = performance.now()
    await docker.call('POST', `/containers/${id}/stop?t=${grace}`, { timeout: (grace + 30) * 1000 })
    const milliseconds = performance.now() - began
    return autoRemove === true
      ? { lines: ['stopped'], warnings: ['auto_remove'], milliseconds }
      : { lines: ['stopped'], undo: {}, milliseconds }
  },
  async undo(id, _, { docker, inspect }) {
    const target = await inspect(id)
    if (target === undefined) return ['the container is gone']
    if (target.pid > 0) return ['runs already']
    await docker.call('POST', `/containers/${id}/start`)
    return ['started']
  },
}
