import { byPerl, byShell, end, perl, type RuleCase } from './case.ts'
import { call, connectTo, connectUdp, ownAddress } from './perl.ts'

const admin = ['--cap-add', 'NET_ADMIN']
/** An address kept for documentation (RFC 5737): nothing leaves the container, whose loopback answers for it. */
const far = '203.0.113.7'
const alsoFar = '203.0.113.8'
const metadata = '169.254.169.254'
const beside = '169.254.169.253'

/** The namespace that the list of the rule about local subnets gets. */
export const podNamespace = 'stock-rules'

/** A container as Kubernetes labels it when Docker runs it. */
function labelsOfPod(namespace: string): string[] {
  return ['--label', 'io.kubernetes.pod.name=web', '--label', `io.kubernetes.pod.namespace=${namespace}`]
}

/** Rules about sockets and the programs that use them. */
export const networkRules: readonly RuleCase[] = [
  {
    ...byPerl('Contact K8S API Server From Container', connectTo(far, 443), connectTo(alsoFar, 443), admin),
    namesAt: far,
  },
  byShell('Netcat Remote Code Execution in Container', 'nc -e /bin/true 127.0.0.1 9', 'nc -z 127.0.0.1 9'),
  byPerl('Packet socket created in container', 'socket(S, 17, 3, 0)', 'socket(S, 2, 2, 0)'),
  byPerl(
    'Redirect STDOUT/STDIN to Network Connection in Container',
    `${connectTo('127.0.0.1', 4040)}; ${call('dup3', 'fileno(C)', '0', '0')}`,
    `${connectTo('127.0.0.1', 4040)}; ${call('dup3', 'fileno(C)', '9', '0')}`,
    admin,
  ),
  {
    rule: 'Disallowed SSH Connection Non Standard Port',
    act: { script: perl(connectTo(far, 443), 'ssh'), options: admin },
    nearMiss: { script: perl(connectTo(far, 22), 'ssh'), options: admin },
  },
  {
    rule: 'System procs network activity',
    act: { script: `perl -e '${ownAddress(far)}'; bash -c 'exec 3<>/dev/udp/${far}/9'`, options: admin },
    nearMiss: {
      script: `perl -e '${ownAddress(far)}'; bash -c 'exec 3<>/dev/udp/127.0.0.1/9'; ${end}`,
      options: admin,
    },
  },
  byShell(
    'Program run with disallowed http proxy env',
    'HTTP_PROXY=http://127.0.0.1:9 curl http://127.0.0.1',
    'NO_PROXIES=http://127.0.0.1:9 curl http://127.0.0.1',
  ),
  byPerl('Unexpected UDP Traffic', connectUdp(far, 9999), connectUdp(far, 53), admin),
  byPerl('Contact EC2 Instance Metadata Service From Container', connectTo(metadata, 80), connectTo(beside, 80), admin),
  byPerl('Contact cloud metadata service from container', connectTo(metadata, 80), connectTo(beside, 80), admin),
  byShell('Launch Suspicious Network Tool in Container', 'nmap 127.0.0.1', 'id nmap'),
  { rule: 'Launch Suspicious Network Tool on Host', program: 'nmap' },
  {
    rule: 'Network Connection outside Local Subnet',
    act: { script: perl(connectTo(far, 443)), options: [...admin, ...labelsOfPod(podNamespace)] },
    nearMiss: { script: perl(connectTo(far, 443)), options: [...admin, ...labelsOfPod('elsewhere')] },
  },
  byShell(
    'Launch Ingress Remote File Copy Tools in Container',
    'wget http://127.0.0.1/file',
    'curl http://127.0.0.1/file',
  ),
]
