import { JennerError } from '../../../base/errors.ts'
import type { Action } from '../model.ts'

/** Freezes every process by the cgroup freezer; memory and files stay as they are. */
export const pause: Action = {
  id: 'pause',
  title: { en: 'freeze', ko: '일시 정지' },
  async dryRun({ id, name, state }) {
    if (state === 'paused') throw new JennerError('response_failed', `${name} is paused already`)
    return [`POST /containers/${id}/pause`]
  },
  async run({ id, name, state }, _, { docker }) {
    if (state === 'paused') throw new JennerError('response_failed', `${name} is paused already`)
    const began = performance.now()
    await docker.call('POST', `/containers/${id}/pause`)
    return { lines: ['paused'], undo: {}, milliseconds: performance.now() - began }
  },
  async undo(id, _, { docker, inspect }) {
    const target = await inspect(id)
    if (target?.state !== 'paused') return ['not paused any more']
    await docker.call('POST', `/containers/${id}/unpause`)
    return ['unpaused']
  },
  holds: async ({ state }) => state === 'paused' || state !== 'running',
}
