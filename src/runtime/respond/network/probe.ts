import { createServer, type Server } from 'node:net'
import { networkInterfaces } from 'node:os'
import type { ContainerInfo } from '../../../base/model/runtime.ts'
import { type NetworkNamespace, runIn } from './namespace.ts'

const script = `const { connect } = require('node:net')
const socket = connect({ host: process.argv[1], port: Number(process.argv[2]), timeout: 400 })
socket.on('connect', () => { console.log('reached'); process.exit() })
socket.on('timeout', () => { console.log('cut'); process.exit() })
socket.on('error', error => { console.log(error.code === 'ECONNREFUSED' ? 'reached' : 'cut'); process.exit() })`

/**
 * Whether a connection from inside `namespace` reaches us: a listener of ours on the gateway of one of the container's networks.
 * Undefined where there is no such address of this host (`none`, macvlan), or the listener cannot be opened.
 */
export async function reachesUs(
  namespace: NetworkNamespace,
  { networks }: ContainerInfo,
): Promise<boolean | undefined> {
  const ours = Object.values(networkInterfaces()).flatMap(list => (list ?? []).map(({ address }) => address))
  const gateway = (networks ?? []).map(network => network.gateway).find(address => ours.includes(address))
  if (gateway === undefined) return undefined
  const server = await listen(gateway)
  if (server === undefined) return undefined
  try {
    const { port } = server.address() as { port: number }
    const words = [process.execPath, '-e', script, gateway, String(port)]
    const { stdout } = await runIn(namespace, words, '', 5000)
    return stdout.includes('reached') ? true : stdout.includes('cut') ? false : undefined
  } catch {
    return undefined
  } finally {
    server.close()
  }
}

function listen(host: string): Promise<Server | undefined> {
  return new Promise(resolve => {
    const server = createServer(socket => socket.destroy())
    server.on('error', () => resolve(undefined))
    server.listen(0, host, () => resolve(server))
  })
}
