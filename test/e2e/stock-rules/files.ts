import { byOptions, byPerl, byShell, end, perl, type RuleCase } from './case.ts'
import { call } from './perl.ts'

const read = (path: string): string => `open F, "<", "${path}"`

/** Rules about files. */
export const fileRules: readonly RuleCase[] = [
  byPerl('Directory traversal monitored file read', read('/usr/bin/../../etc/shadow'), read('/usr/../etc/shadow')),
  {
    rule: 'Read sensitive file trusted after startup',
    act: { script: perl(`sleep 6; ${read('/etc/shadow')}`, 'nginx') },
    nearMiss: { script: perl(read('/etc/shadow'), 'nginx') },
  },
  byShell('Read sensitive file untrusted', 'cat /etc/shadow', 'read -r line < /etc/shadow'),
  byShell('Clear Log Activities', ': > /var/log/syslog', ': >> /var/log/syslog'),
  byShell('Create Symlink Over Sensitive Files', 'ln -s /etc/shadow /tmp/link', 'ln -s /etc/hostname /tmp/link'),
  byShell('Create Hardlink Over Sensitive Files', 'ln /etc/shadow /tmp/link', 'ln /etc/hostname /tmp/link'),
  byOptions('Detect release_agent File Container Escapes', ': > /tmp/release_agent', {
    act: ['--cap-add', 'SYS_ADMIN'],
    nearMiss: [],
  }),
  byShell('Modify Shell Configuration File', 'touch /root/.bashrc', ': > /root/.bashrc'),
  byShell('Schedule Cron Jobs', 'mkdir -p /etc/cron.d; : > /etc/cron.d/job', 'mkdir -p /etc/cro; : > /etc/cro/job'),
  {
    rule: 'Read ssh information',
    act: { script: 'cat /root/.ssh/config' },
    nearMiss: { script: perl(read('/root/.ssh/config'), 'ssh') },
  },
  byShell('Create files below dev', ': > /dev/hidden', ': > /dev/null'),
  byShell(
    'Delete or rename shell history',
    ': >> /root/.bash_history; rm /root/.bash_history',
    ': >> /root/notes; rm /root/notes',
  ),
  byShell('Set Setuid or Setgid bit', ': > /tmp/file; chmod u+s /tmp/file', ': > /tmp/file; chmod u+x /tmp/file'),
  byShell('Read environment variable from /proc files', 'cat /proc/1/environ', 'cat /proc/1/cmdline'),
  {
    rule: 'Exfiltrating Artifacts via Kubernetes Control Plane',
    act: { script: 'exec tar cf - /opt/data' },
    nearMiss: { script: `tar cf - /opt/data; ${end}` },
  },
  byShell(
    'Adding ssh keys to authorized_keys',
    'mkdir -p /root/.ssh; : > /root/.ssh/authorized_keys',
    'mkdir -p /root/.ssh; : > /root/.ssh/known_hosts',
  ),
  {
    rule: 'Backdoored library loaded into SSHD (CVE-2024-3094)',
    act: { script: `: > /tmp/liblzma.so.5.6.1; ${perl(read('/tmp/liblzma.so.5.6.1'), 'sshd')}` },
    nearMiss: { script: `: > /tmp/liblzma.so.5.6.2; ${perl(read('/tmp/liblzma.so.5.6.2'), 'sshd')}` },
  },
  byPerl(
    'Fileless execution via memfd_create',
    [
      `$name = "x"; $fd = ${call('memfd_create', '$name', '0')}`,
      'open P, "<", "/usr/bin/true"; local $/; $program = <P>',
      'open M, ">&=", $fd; syswrite M, $program',
      'if (fork() == 0) { exec "/proc/$$/fd/$fd" } wait',
    ].join('; '),
    'if (fork() == 0) { exec "/usr/bin/true" } wait',
  ),
]
