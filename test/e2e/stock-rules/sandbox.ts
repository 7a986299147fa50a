import { byPerl, byShell, end, perl, type RuleCase } from './case.ts'
import { connectTo } from './perl.ts'

const admin = ['--cap-add', 'NET_ADMIN']
const far = '203.0.113.7'

/** Makes the harmless `true` answer to another name in /tmp. */
const as = (name: string, words: string): string => `ln -sf /usr/bin/true /tmp/${name}; /tmp/${name} ${words}`

/** Rules of the sandbox file that the drills do not fire, or fire only by chance. */
export const sandboxRules: readonly RuleCase[] = [
  {
    rule: 'Launch Sensitive Mount Container',
    act: { script: ':', options: ['--volume', '/proc:/host/proc:ro'] },
    nearMiss: { script: end, options: ['--tmpfs', '/host/proc'] },
  },
  byShell(
    'Read Shell Configuration File',
    'echo x > /root/.bashrc; cat /root/.bashrc',
    'echo x > /root/.bashrx; cat /root/.bashrx',
  ),
  byShell(
    'Update Package Repository',
    'mkdir -p /etc/apt/sources.list.d; cp /etc/hostname /etc/apt/sources.list.d/x.list',
    'mkdir -p /opt/apt; cp /etc/hostname /opt/apt/x.list',
  ),
  byShell('Write below binary dir', 'echo x > /usr/bin/x', 'mkdir -p /opt/bin; echo x > /opt/bin/x'),
  byShell(
    'Write below rpm database',
    'mkdir -p /var/lib/rpm; echo x > /var/lib/rpm/Packages',
    'mkdir -p /var/lib/rmp; echo x > /var/lib/rmp/Packages',
  ),
  byShell(
    'Modify binary dirs',
    'cp /usr/bin/true /usr/bin/x; mv /usr/bin/x /usr/bin/y',
    'echo x > /tmp/x; mv /tmp/x /tmp/y',
  ),
  byShell('Mkdir binary dirs', 'mkdir /usr/bin/new', 'mkdir /opt/new'),
  byPerl('Interpreted procs outbound network activity', connectTo(far, 443), '1', admin),
  byShell('Kubernetes Client Tool Launched in Container', as('kubectl', 'get pods'), as('kubectk', 'get pods')),
  byShell('Sudo Potential Privilege Escalation', as('sudoedit', "-s '\\'"), as('sudoedit', '-s x'), [
    '--user',
    'drill',
  ]),
  byShell('Polkit Local Privilege Escalation Vulnerability (CVE-2021-4034)', as('pkexec', ''), as('pkexec', 'id'), [
    '--user',
    'drill',
  ]),
  {
    rule: 'Basic Interactive Reconnaissance',
    act: { script: 'ln -sf /usr/bin/true /tmp/whoami; bash -ic "/tmp/whoami; true"', options: ['--tty'] },
    nearMiss: { script: `bash -c id; ${end}` },
  },
  byShell(
    'Reverse Shell from Web Server',
    'cp /usr/bin/bash /tmp/nginx; /tmp/nginx -c "bash -c \\"true; : /dev/tcp/\\"; true"',
    'bash -c "true; : /dev/tcp/"',
  ),
  byShell(
    'Container Access to Host Sensitive Paths',
    'mkdir -p /host/etc; echo x > /host/etc/x',
    'mkdir -p /hots/etc; echo x > /hots/etc/x',
  ),
  {
    rule: 'Unexpected K8s NodePort Connection',
    act: { script: perl(connectTo(far, 30_001)), options: admin },
    nearMiss: { script: perl(connectTo(far, 29_999)), options: admin },
  },
]
