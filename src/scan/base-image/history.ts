import { isObject, itemsAt, own, stringAt } from '../../base/json.ts'

interface Step {
  createdBy: string
  empty: boolean
}

/**
 * How many layers the base brought, by the build's history: a base image ends with its own CMD (or ENTRYPOINT), and what an image adds ends with another
 * or none. Undefined where the steps tell nothing: an image without such a mark inside, or built without history.
 */
export function baseLayersByHistory(config: Record<string, unknown> | undefined): number | undefined {
  const steps = itemsAt(config, 'history').filter(isObject).map(stepOf)
  let end = steps.length - 1
  // What the image itself ends with: settings, among them its own CMD.
  while (end >= 0 && steps[end]!.empty) end--
  while (end >= 0 && !isEnd(steps[end]!)) end--
  if (end < 0) return undefined
  const layers = steps.slice(0, end + 1).filter(({ empty }) => !empty).length
  return layers === 0 ? undefined : layers
}

function stepOf(step: Record<string, unknown>): Step {
  return { createdBy: stringAt(step, 'created_by') ?? '', empty: own(step, 'empty_layer') === true }
}

/** Docker's classic builder writes `/bin/sh -c #(nop)  CMD [...]`, BuildKit `CMD [...]`. */
function isEnd({ createdBy, empty }: Step): boolean {
  return empty && /^(?:\/bin\/sh -c #\(nop\) {1,2})?(?:CMD|ENTRYPOINT) /.test(createdBy)
}
