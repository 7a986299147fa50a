import type { Container } from '../../../server/schemas/containers.ts'

/** `127.0.0.1:8080→80`, `*:53→53/udp`; a port that is not published as `80`. TCP goes without saying. */
export function portText({ hostIp, hostPort, containerPort, protocol }: Container['ports'][number]): string {
  const inner = protocol === 'tcp' ? `${containerPort}` : `${containerPort}/${protocol}`
  if (hostPort === 0) return inner
  const ip = hostIp.includes(':') ? `[${hostIp}]` : hostIp
  const outer = hostIp === '' || hostIp === '0.0.0.0' || hostIp === '::' ? `*:${hostPort}` : `${ip}:${hostPort}`
  return `${outer}→${inner}`
}
