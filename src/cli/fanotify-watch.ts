import { JennerError } from '../base/errors.ts'
import type { ContainerInfo } from '../base/model/runtime.ts'
import { escapeText } from '../base/text.ts'
import type { Containers } from '../runtime/containers/open.ts'
import { type Guard, startGuard } from '../runtime/sensor/fanotify/guard.ts'
import type { Context } from './context.ts'

/**
 * Guards the containers of these names (or ids) by fanotify, each by a process of its own, as often as they start. What cannot be guarded is said.
 * Throws container_not_found for one that does not exist.
 */
export function startFanotify(names: readonly string[], containers: Containers, context: Context): { stop(): void } {
  const guards = new Map<string, { pid: number; guard: Promise<Guard | undefined> }>()
  const isNamed = ({ id, name }: ContainerInfo) =>
    names.some(word => word === name || (word.length >= 12 && id.startsWith(word)))
  for (const word of names)
    if (!containers.list().some(({ id, name }) => name === word || (word.length >= 12 && id.startsWith(word))))
      throw new JennerError('container_not_found', word)
  const look = (info: ContainerInfo, gone: boolean): void => {
    if (!isNamed(info)) return
    const known = guards.get(info.id)
    if (known && (gone || known.pid !== info.pid)) {
      guards.delete(info.id)
      void known.guard.then(guard => guard?.stop())
    }
    if (gone || info.pid <= 0 || guards.has(info.id)) return
    guards.set(info.id, { pid: info.pid, guard: begin(info, context) })
  }
  for (const info of containers.list()) look(info, false)
  const stop = containers.onChange(look)
  return {
    stop() {
      stop()
      for (const { guard } of guards.values()) void guard.then(running => running?.stop())
    },
  }
}

async function begin({ name, pid, upperDir }: ContainerInfo, context: Context): Promise<Guard | undefined> {
  const shown = escapeText(name)
  const fails = (reason: string) => context.say(context.text('watch.fanotify.fails', { name: shown, reason }))
  if (upperDir === undefined) {
    fails('overlay2')
    return undefined
  }
  try {
    const guard = await startGuard({
      pid,
      upperDir,
      onDenied: () => context.say(context.text('watch.fanotify.denied', { name: shown })),
      onLapse: again =>
        context.say(context.text(again ? 'watch.fanotify.lapse' : 'watch.fanotify.over', { name: shown })),
    })
    context.say(context.text('watch.fanotify.started', { name: shown }))
    return guard
  } catch (error) {
    fails(error instanceof Error ? error.message : String(error))
    return undefined
  }
}
