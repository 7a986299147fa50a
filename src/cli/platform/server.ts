import { existsSync } from 'node:fs'
import { type Api, openApi } from '../../agent/api.ts'
import { JennerError } from '../../base/errors.ts'
import { type Place, placeOf, type Running, runningAt } from '../../platform/place.ts'
import { stateFolder } from '../../runtime/respond/state.ts'

/** The platform that a command speaks to. */
export interface Reached {
  place: Place
  running: Running
  api: Api
}

/** The folder that `--state`, or the user's place by default, names. */
export function placeAt(state: string | undefined, env: NodeJS.ProcessEnv): Place {
  return placeOf(stateFolder(env, state))
}

/** Reaches the running platform by the socket in its folder. Throws not_running. */
export function reach(state: string | undefined, env: NodeJS.ProcessEnv): Reached {
  const place = placeAt(state, env)
  const running = runningAt(place)
  if (running === undefined || !existsSync(place.socket)) throw new JennerError('not_running', place.folder)
  return { place, running, api: openApi({ socket: place.socket }) }
}
