import type { Action, ActionId } from '../model.ts'
import { evidence } from './evidence.ts'
import { isolate } from './isolate.ts'
import { kill } from './kill.ts'
import { observe } from './observe.ts'
import { pause } from './pause.ts'
import { stop } from './stop.ts'

/** Every action, from the gentlest to the last. */
export const actions: readonly Action[] = [observe, evidence, isolate, pause, stop, kill]

export function findAction(id: ActionId): Action {
  return actions.find(action => action.id === id)!
}
